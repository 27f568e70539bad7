#!/bin/sh
# Takes back hostcap's traits that are not true, or no longer. Run it after nova-compute has restarted.
# Written by hostcap 0 plan. Changes go into the site's file, not here.
set -eu

# withdraw PROVIDER TRAIT...
withdraw() {
  name=$1
  shift
  uuid=$(openstack resource provider list --name "$name" -f value -c uuid)
  [ -n "$uuid" ] || return 0
  have=$(openstack --os-placement-api-version 1.6 resource provider trait list "$uuid" -f value)
  drop=$(printf '%s\n' "$@")
  keep=$(printf '%s\n' "$have" | grep -vxF "$drop" || true)
  [ "$keep" != "$have" ] || return 0
  # shellcheck disable=SC2046
  openstack --os-placement-api-version 1.6 resource provider trait set \
    $(printf '%s\n' "$keep" | sed -n 's/^..*$/--trait &/p') "$uuid"
}

withdraw gpu-1.region.example \
  CUSTOM_HOSTCAP_AMD_SEV_ES_READY \
  CUSTOM_HOSTCAP_AMD_SEV_READY \
  CUSTOM_HOSTCAP_AMD_SEV_SNP_READY \
  CUSTOM_HOSTCAP_ARM_CCA_READY \
  CUSTOM_HOSTCAP_IBM_SECURE_EXECUTION_READY \
  CUSTOM_HOSTCAP_INTEL_SGX_READY \
  CUSTOM_HOSTCAP_INTEL_TDX_READY
withdraw gpu-1.region.example_0000:04:00.0 \
  CUSTOM_HOSTCAP_CC_CAPABLE \
  CUSTOM_HOSTCAP_NUMA_KNOWN
withdraw gpu-1.region.example_0000:06:00.0 \
  CUSTOM_HOSTCAP_CC_CAPABLE \
  CUSTOM_HOSTCAP_NUMA_KNOWN
withdraw pci-1 \
  CUSTOM_HOSTCAP_AMD_SEV_ES_READY \
  CUSTOM_HOSTCAP_AMD_SEV_READY \
  CUSTOM_HOSTCAP_AMD_SEV_SNP_READY \
  CUSTOM_HOSTCAP_ARM_CCA_READY \
  CUSTOM_HOSTCAP_IBM_SECURE_EXECUTION_READY \
  CUSTOM_HOSTCAP_INTEL_SGX_READY \
  CUSTOM_HOSTCAP_INTEL_TDX_READY
withdraw pci-1_0000:04:00.0 \
  CUSTOM_HOSTCAP_CC_CAPABLE \
  CUSTOM_HOSTCAP_NUMA_KNOWN
withdraw pci-2 \
  CUSTOM_HOSTCAP_AMD_SEV_ES_READY \
  CUSTOM_HOSTCAP_AMD_SEV_READY \
  CUSTOM_HOSTCAP_AMD_SEV_SNP_READY \
  CUSTOM_HOSTCAP_ARM_CCA_READY \
  CUSTOM_HOSTCAP_IBM_SECURE_EXECUTION_READY \
  CUSTOM_HOSTCAP_INTEL_SGX_READY \
  CUSTOM_HOSTCAP_INTEL_TDX_READY
withdraw pci-2_0000:04:00.0 \
  CUSTOM_HOSTCAP_CC_CAPABLE \
  CUSTOM_HOSTCAP_NUMA_KNOWN
withdraw sev-1 \
  CUSTOM_HOSTCAP_AMD_SEV_ES_READY \
  CUSTOM_HOSTCAP_AMD_SEV_SNP_READY \
  CUSTOM_HOSTCAP_ARM_CCA_READY \
  CUSTOM_HOSTCAP_IBM_SECURE_EXECUTION_READY \
  CUSTOM_HOSTCAP_INTEL_SGX_READY \
  CUSTOM_HOSTCAP_INTEL_TDX_READY
withdraw snp-1.region.example \
  CUSTOM_HOSTCAP_AMD_SEV_ES_READY \
  CUSTOM_HOSTCAP_ARM_CCA_READY \
  CUSTOM_HOSTCAP_IBM_SECURE_EXECUTION_READY \
  CUSTOM_HOSTCAP_INTEL_SGX_READY \
  CUSTOM_HOSTCAP_INTEL_TDX_READY
withdraw snp-2 \
  CUSTOM_HOSTCAP_AMD_SEV_ES_READY \
  CUSTOM_HOSTCAP_AMD_SEV_READY \
  CUSTOM_HOSTCAP_AMD_SEV_SNP_READY \
  CUSTOM_HOSTCAP_ARM_CCA_READY \
  CUSTOM_HOSTCAP_IBM_SECURE_EXECUTION_READY \
  CUSTOM_HOSTCAP_INTEL_SGX_READY \
  CUSTOM_HOSTCAP_INTEL_TDX_READY
