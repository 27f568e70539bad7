#!/bin/sh
# The same flavors for the OpenStack client. A flavor that is there already stops it.
# Written by hostcap 0 plan. Changes go into the site's file, not here.
set -eu

openstack flavor create --vcpus 2 --ram 2048 --disk 0 --private \
  --property scs:cpu-type=shared-core \
  --property scs:name-v1=SCS-2Vi:2u-kvm-z3 \
  --property scs:name-v2=SCS-2Vi-2u_kvm_z3 \
  --property scs:name-v3=SCS-2Vi:2u \
  --property scs:name-v4=SCS-2Vi-2u \
  --property hw_rng:allowed=True \
  --property hw:mem_encryption=true \
  --property hw:mem_encryption_model=amd-sev-snp \
  --property trait:CUSTOM_HOSTCAP_AMD_SEV_SNP_READY=required \
  cc-snp-2v-2

openstack flavor create --vcpus 1 --ram 1024 --disk 10 --private \
  --property scs:cpu-type=shared-core \
  --property scs:name-v1=SCS-1Vi:1u:10-kvm-z3 \
  --property scs:name-v2=SCS-1Vi-1u-10_kvm_z3 \
  --property scs:name-v3=SCS-1Vi:1u:10 \
  --property scs:name-v4=SCS-1Vi-1u-10 \
  --property hw_rng:allowed=True \
  --property hw:mem_encryption=true \
  --property hw:mem_encryption_model=amd-sev \
  --property trait:CUSTOM_HOSTCAP_AMD_SEV_READY=required \
  cc-sev-1v-1-10

openstack flavor create --vcpus 1 --ram 1024 --disk 0 --public \
  --property scs:cpu-type=shared-core \
  --property scs:name-v1=SCS-1Vi:1u-kvm-z3 \
  --property scs:name-v2=SCS-1Vi-1u_kvm_z3 \
  --property scs:name-v3=SCS-1Vi:1u \
  --property scs:name-v4=SCS-1Vi-1u \
  --property hw_rng:allowed=True \
  --property pci_passthrough:alias=vf-h100:1 \
  --property hw:pci_numa_affinity_policy=preferred \
  vf-h100-1v-1

openstack flavor create --vcpus 2 --ram 2048 --disk 20 --public \
  --property scs:cpu-type=shared-core \
  --property scs:disk0-type=ssd \
  --property scs:name-v1=SCS-2Vi:2u:20s-kvm-z3 \
  --property scs:name-v2=SCS-2Vi-2u-20s_kvm_z3 \
  --property scs:name-v3=SCS-2Vi:2u:20s \
  --property scs:name-v4=SCS-2Vi-2u-20s \
  --property hw_rng:allowed=True \
  --property pci_passthrough:alias=vf-h100:2 \
  --property hw:pci_numa_affinity_policy=preferred \
  vf-h100-2v-2-20-x2

openstack flavor create --vcpus 1 --ram 1024 --disk 0 --public \
  --property scs:cpu-type=shared-core \
  --property scs:name-v1=SCS-1Vi:1u-kvm \
  --property scs:name-v2=SCS-1Vi-1u_kvm \
  --property scs:name-v3=SCS-1Vi:1u \
  --property scs:name-v4=SCS-1Vi-1u \
  --property hw_rng:allowed=True \
  --property pci_passthrough:alias=gpu-test:1 \
  --property hw:pci_numa_affinity_policy=legacy \
  gpu-test-1v-1

openstack flavor create --vcpus 1 --ram 2048 --disk 0 --public \
  --property scs:cpu-type=shared-core \
  --property scs:name-v1=SCS-1Vi:2u-kvm \
  --property scs:name-v2=SCS-1Vi-2u_kvm \
  --property scs:name-v3=SCS-1Vi:2u \
  --property scs:name-v4=SCS-1Vi-2u \
  --property hw_rng:allowed=True \
  SCS-1Vi-2u_kvm

openstack flavor create --vcpus 2 --ram 1024 --disk 20 --public \
  --property scs:cpu-type=crowded-core \
  --property scs:name-v1=SCS-2Li:1u:20-kvm \
  --property scs:name-v2=SCS-2Li-1u-20_kvm \
  --property scs:name-v3=SCS-2Li:1u:20 \
  --property scs:name-v4=SCS-2Li-1u-20 \
  --property hw_rng:allowed=True \
  SCS-2Li-1u-20_kvm
