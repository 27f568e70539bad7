# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# make run    this host's report, from a fresh clone
# make test   every test
# The rest: test-fleet test-spark spark-up spark-down test-board test-faults test-lab test-consumers test-packages test-ansible screenshots setup lint size bench bench-fleet
#           sanitize sanitize-suite fuzz fuzz-nightly man completions deb dist dist-check clean

# Debian and Ubuntu packages, in one list. What each is for:
#   libexpat1-dev libarchive-dev libpci-dev libvirt-dev   headers; the last two are loaded at run time
#   pciutils python3 python3-jsonschema xz-utils bzip2    tests: other people's programs that must agree with us
#   openssh-client openssl                                the same, for signatures and keys; sign and verify need ssh-keygen
#   python3-venv git binutils strace                      lint, packages, size, what a run as root does
PACKAGES := libexpat1-dev libseccomp-dev libsimdjson-dev libsqlite3-dev libarchive-dev libpci-dev libvirt-dev pciutils python3 python3-jsonschema \
  xz-utils bzip2 openssh-client openssl python3-venv git binutils strace

# The agent carries its Swift runtime: a node has none. Optimised for size, a section a function so that identical ones
# can be folded (lld comes with the toolchain), and no index of unwind tables, for nothing here throws: what a node has to
# load is small. Where it was built is in no byte of the agent: paths are mapped, and digests of debug information left out.
RELEASE := -c release --static-swift-stdlib -Xswiftc -Osize -Xswiftc -use-ld=lld \
  -Xswiftc -file-prefix-map -Xswiftc $(CURDIR)=. -Xcc -ffile-prefix-map=$(CURDIR)=. -Xcxx -ffile-prefix-map=$(CURDIR)=. \
  -Xswiftc -Xfrontend -Xswiftc -function-sections -Xswiftc -Xfrontend -Xswiftc -disable-incremental-llvm-codegen \
  -Xlinker --build-id=none -Xlinker --gc-sections -Xlinker --icf=all -Xlinker --no-export-dynamic -Xlinker --no-eh-frame-hdr
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
REUSE := .build/reuse/bin/reuse
FORMATTED := Sources Probes Reports Tests Package.swift

.PHONY: run test test-fleet test-spark spark-up spark-down test-board test-faults screenshots test-lab test-consumers test-packages test-ansible setup agent operator lint size bench bench-fleet sanitize man completions deb clean sanitize-suite fuzz fuzz-nightly dist dist-check

run: agent
	@.build/release/hostcap-agent

test: setup
	@swift test --disable-xctest

# Real kernels on emulated hosts; 15 minutes for all. HOSTCAP_LAB_ROWS="snp iommu-pt" boots these only.
test-lab:
	@Tests/Machines/lab.sh

# Synthetic fleets, whose answers their generator knows; HOSTCAP_FLEET_HOSTS="10 1000 100000" for all sizes (an hour),
# HOSTCAP_FLEET_WAYS='--only whole' for a part.
test-fleet: setup
	@swift build --quiet --product hostcap
	@for hosts in $${HOSTCAP_FLEET_HOSTS:-10 1000}; do \
	  Tests/Fleet/check.py "$$(swift build --show-bin-path)/hostcap" --hosts $$hosts $$HOSTCAP_FLEET_WAYS || exit 1; done

# Apache Spark on this machine, from PyPI, on loopback: a master and two workers; below .build/spark.
spark-up:
	@Tests/Spark/cluster.sh up

spark-down:
	@Tests/Spark/cluster.sh down

# The fleet's queries on SQLite, that cluster and DuckDB. HOSTCAP_SPARK_SHORT=1: two minutes of the half hour; the rest: run.sh.
test-spark: setup
	@swift build --quiet --product hostcap
	@Tests/Spark/run.sh "$$(swift build --show-bin-path)/hostcap"

# Every page of a board in a headless Chromium.
test-board: setup
	@swift build --quiet --product hostcap
	@Tests/Board/browser/check.py "$$(swift build --show-bin-path)/hostcap"

# The pictures of README.md.
screenshots: setup
	@swift build --quiet --product hostcap
	@Tests/Board/browser/screenshots.py "$$(swift build --show-bin-path)/hostcap" Sources/hostcap/hostcap.docc/Resources

# Every question of a run fails in every way, on tapes; then system calls fail under a running agent, as root.
# HOSTCAP_FAULTS_SHORT=1: some system calls only; `make test` has a spread of the rest.
test-faults: setup
	@[ -n "$$HOSTCAP_FAULTS_SHORT" ] || HOSTCAP_FAULTS=all swift test -c release -Xswiftc -enable-testing --disable-xctest \
	  --filter 'FaultTests|UnsteadyHostTests|HostileArchiveTests'
	@swift build --quiet --product hostcap-agent
	@Tests/Faults/live.py "$$(swift build --show-bin-path)/hostcap-agent" --seconds $$([ -n "$$HOSTCAP_FAULTS_SHORT" ] && echo 8 || echo 60)

# The real Nova, Placement and openstack-flavor-manager, from PyPI, take what hostcap writes. HOSTCAP_CONSUMERS_SHORT=1
# leaves out what repeats.
test-consumers: setup
	@swift build --quiet --product hostcap
	@Tests/Consumers/run.sh

# lintian, the unit, and a clean Debian to install on. As root.
test-packages: deb
	@Tests/Packages/check.sh .build/packages

# The collection on six hosts, four of which are in order. As root.
test-ansible: deb
	@Tests/Ansible/run.sh

setup: .build/setup.stamp

.build/setup.stamp: Makefile
	@command -v swift >/dev/null || { echo 'hostcap: no swift on PATH; install Swift 6.3 from swift.org' >&2; exit 1; }
	@if command -v dpkg-query >/dev/null; then \
	  missing=$$(for package in $(PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q '^install ok installed' || echo $$package; done); \
	  if [ -n "$$missing" ]; then \
	    echo "installing" $$missing; \
	    export DEBIAN_FRONTEND=noninteractive; \
	    $(SUDO) apt-get update -qq && $(SUDO) apt-get install -qq -y --no-install-recommends $$missing >/dev/null; \
	  fi; \
	else echo 'not Debian or Ubuntu; install what these are called here:' $(PACKAGES); fi
	@mkdir -p .build && touch $@

agent: setup
	@echo 'building hostcap-agent'
	@swift build --quiet $(RELEASE) --product hostcap-agent

operator: setup
	@echo 'building hostcap'
	@swift build --quiet $(RELEASE) --product hostcap

lint: setup $(REUSE)
	@swift format lint --strict --recursive $(FORMATTED)
	@$(REUSE) lint --quiet || $(REUSE) lint
	@echo 'format and licences: no findings'

# Debian 12 has a reuse that is too old to read REUSE.toml.
$(REUSE):
	@echo 'installing reuse below .build'
	@python3 -m venv .build/reuse
	@.build/reuse/bin/pip install --quiet --disable-pip-version-check 'reuse>=5'

size: agent
	@strip -o .build/hostcap-agent.stripped .build/release/hostcap-agent
	@stat -c '%n: %s bytes' .build/hostcap-agent.stripped

# Ten minutes and more: the slow peers on the large tree.
bench: agent
	@Tests/Benchmarks/agent.sh
	@Tests/Benchmarks/node.sh

# Half an hour on two cores, and 12 GB of disk.
bench-fleet: operator
	@Tests/Benchmarks/fleet.sh

sanitize: setup
	@Tests/LiveHost/sanitize.sh

# Every test once more with memory, arithmetic and threads watched; two builds of their own, an hour.
sanitize-suite: setup
	@Tests/Sanitize/suite.sh

# Every way in for bytes of strangers, FUZZ_SECONDS each, two at a time: Tests/Fuzz. With optimisation and with every check,
# so that a trap is a finding. FUZZ_TARGETS="tape report" fuzzes these only; FUZZ_SEED=1 draws the same inputs every time.
FUZZ_SECONDS ?= 60
FUZZ := HOSTCAP_FUZZ=1 swift build --quiet -c release --product hostcap-fuzz -Xswiftc -sanitize=fuzzer \
  -Xcc -fsanitize=fuzzer-no-link -Xswiftc -use-ld=lld

fuzz: setup
	@echo 'building the fuzzers'
	@$(FUZZ) --scratch-path .build/fuzz-build
	@Tests/Fuzz/fuzz.py .build/fuzz-build/release/hostcap-fuzz .build/fuzz $(FUZZ_SECONDS)

# A minute each, and then all that was reached once more with C's memory watched: expat, libarchive, simdjson and libyaml.
fuzz-nightly: fuzz
	@$(FUZZ) --scratch-path .build/fuzz-address --sanitize=address
	@Tests/Fuzz/fuzz.py .build/fuzz-address/release/hostcap-fuzz .build/fuzz 0

# By ArgumentParser's program and not by its plug-in, which would build everything once more.
man: agent operator
	@mkdir -p .build/man
	@swift build --quiet --product generate-manual
	@for program in hostcap hostcap-agent; do \
	  "$$(swift build --show-bin-path)/generate-manual" .build/release/$$program --output-directory .build/man || exit 1; done
	@ls .build/man

completions: agent operator
	@mkdir -p .build/completions
	@for program in hostcap hostcap-agent; do \
	  .build/release/$$program --generate-completion-script bash > .build/completions/$$program.bash; \
	  .build/release/$$program --generate-completion-script zsh > .build/completions/_$$program; \
	  .build/release/$$program --generate-completion-script fish > .build/completions/$$program.fish; \
	done
	@ls .build/completions

# Packages for Debian and Ubuntu, and a tarball for others.
deb: agent operator man completions
	@Sources/hostcap-agent/Packaging/deb.sh .build/packages

# A release of HEAD below .build/dist: packages, programs, SBOMs, how it was built, changes, digests. From nothing, ten minutes.
dist: setup
	@Sources/hostcap-agent/Packaging/release.sh .build/dist

# Two builds of HEAD from nothing in two places give the same bytes: half an hour on two cores.
dist-check: setup
	@Tests/Packages/reproducible.sh

clean:
	@rm -rf .build
