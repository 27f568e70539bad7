#!/bin/sh
# Host aggregates: who offers what. Flavors find hosts by traits and aliases; aggregates are for people.
# Written by hostcap 0 plan. Changes go into the site's file, not here.
set -eu

openstack aggregate show hostcap-amd-sev-snp >/dev/null 2>&1 || openstack aggregate create hostcap-amd-sev-snp
openstack aggregate add host hostcap-amd-sev-snp snp-1 || true

openstack aggregate show hostcap-amd-sev >/dev/null 2>&1 || openstack aggregate create hostcap-amd-sev
openstack aggregate add host hostcap-amd-sev sev-1 || true
openstack aggregate add host hostcap-amd-sev snp-1 || true

openstack aggregate show hostcap-vf-h100 >/dev/null 2>&1 || openstack aggregate create hostcap-vf-h100
openstack aggregate add host hostcap-vf-h100 gpu-1 || true

openstack aggregate show hostcap-net-82576 >/dev/null 2>&1 || openstack aggregate create hostcap-net-82576
openstack aggregate add host hostcap-net-82576 pci-1 || true
openstack aggregate add host hostcap-net-82576 pci-2 || true

openstack aggregate show hostcap-gpu-test >/dev/null 2>&1 || openstack aggregate create hostcap-gpu-test
openstack aggregate add host hostcap-gpu-test gpu-1 || true
openstack aggregate add host hostcap-gpu-test pci-1 || true
openstack aggregate add host hostcap-gpu-test pci-2 || true
