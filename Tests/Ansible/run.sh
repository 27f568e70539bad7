#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# run.sh: the collection on seven hosts, as an operator runs it: four Debians of their own root, one that is made to fail,
# one that does not answer, and a machine of the lab over ssh. ansible-core, ansible-lint and yamllint come from PyPI; the .deb from make deb. Needs root.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
repository=$PWD
packages=$(realpath "${HOSTCAP_PACKAGES:-.build/packages}")
programs=${HOSTCAP_ANSIBLE:-$PWD/.build/ansible}
base=${HOSTCAP_DEBIAN_ROOT:-$PWD/.build/debian-root}
work=$(mktemp -d)
passed=0 failed=0
hosts=(node-1 node-2 node-3 node-4 node-5)

. Tests/Ansible/lab.sh

cleanup() {
  lab_stop
  for host in "${hosts[@]}"; do
    umount -l "$work/$host/proc" "$work/$host/sys" "$work/$host/dev" 2>/dev/null
  done
  rm -rf --one-file-system "$work"
}
trap cleanup EXIT

ok() { passed=$((passed + 1)) && echo "ok      $1"; }
fail() {
  failed=$((failed + 1))
  echo "FAILED  $1"
  [ $# -lt 2 ] || tail -40 "$2" | sed 's/^/        /'
}
expect() {
  local what=$1
  shift
  if "$@" >"$work/log" 2>&1; then ok "$what"; else fail "$what" "$work/log"; fi
}

if [ ! -f "$programs/done" ]; then
  echo "installing ansible below $programs"
  python3 -m venv "$programs" && "$programs/bin/pip" install -q --disable-pip-version-check \
    'ansible-core==2.19.14' 'ansible==12.*' 'ansible-lint==26.10.1' 'yamllint==1.38.0' && touch "$programs/done" ||
    { echo "FAILED  ansible cannot be installed"; exit 1; }
fi
if [ ! -f "$programs-zuul/done" ]; then
  python3 -m venv "$programs-zuul" && "$programs-zuul/bin/pip" install -q --disable-pip-version-check 'zuul==14.3.0' &&
    touch "$programs-zuul/done" || { echo "FAILED  zuul cannot be installed"; exit 1; }
fi
export PATH=$programs/bin:$PATH
mkdir -p "$work/collections/ansible_collections/hostcap"
ln -s "$repository/Reports/Ansible/Collection" "$work/collections/ansible_collections/hostcap/hostcap"
export ANSIBLE_COLLECTIONS_PATH=$work/collections:$(python3 -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
export ANSIBLE_HOME=$work/ansible ANSIBLE_NOCOLOR=1 ANSIBLE_RETRY_FILES_ENABLED=0 ANSIBLE_LOCALHOST_WARNING=0 \
  ANSIBLE_INVENTORY_UNPARSED_WARNING=0 ANSIBLE_DEPRECATION_WARNINGS=0 NO_COLOR=1

cd "$work/collections/ansible_collections/hostcap/hostcap" || exit 1
expect "ansible-lint, profile production" ansible-lint --offline --profile production
expect "yamllint" yamllint --strict -d '{extends: default, rules: {line-length: disable}}' .
# A module of Zuul's own.
printf 'mock_modules: [zuul_return]\n' >"$work/lint.yml"
expect "the playbooks of Zuul's job" ansible-lint --offline --profile production -c "$work/lint.yml" "$repository/Reports/Ansible/Zuul"
expect "Zuul's schema takes the job" sh -c "cd '$repository' && '$programs-zuul/bin/python' Tests/Ansible/zuul_schema.py .zuul.d/*.yaml"
expect "ansible-doc shows the module" ansible-doc hostcap.hostcap.hostcap
expect "ansible-doc shows the role" ansible-doc -t role hostcap.hostcap.hostcap
expect "the collection can be built" ansible-galaxy collection build --output-path "$work/built"
expect "and installed" env -u ANSIBLE_COLLECTIONS_PATH ansible-galaxy collection install --offline -p "$work/installed" "$work"/built/hostcap-hostcap-*.tar.gz
# Those of ansible-test's that need nothing from elsewhere; they want a repository of the collection's own.
sanity() {
  local folder=$work/sanity/ansible_collections/hostcap/hostcap
  mkdir -p "$(dirname "$folder")" && cp -rL . "$folder" && cd "$folder" && git init -q . && git add -A &&
    git -c user.email=tests@example.org -c user.name=tests commit -qm collection &&
    env -u ANSIBLE_COLLECTIONS_PATH ansible-test sanity --python "$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')" \
      --test action-plugin-docs --test empty-init --test line-endings --test no-assert --test no-get-exception \
      --test no-illegal-filenames --test no-smart-quotes --test replace-urlopen --test shebang --test symlinks \
      --test use-argspec-type-path --test use-compat-six
}
expect "ansible-test sanity, as far as it runs offline" sanity
# From here on it is the installed one that plays.
export ANSIBLE_COLLECTIONS_PATH=$work/installed:${ANSIBLE_COLLECTIONS_PATH#*:}
cd "$work" || exit 1

if [ ! -d "$base/usr" ]; then
  debootstrap --variant=minbase bookworm "$base" >"$work/log" 2>&1 || { fail "debootstrap" "$work/log"; exit 1; }
fi
if [ ! -f "$base-python/done" ]; then
  rm -rf --one-file-system "$base-python"
  cp -a "$base" "$base-python"
  chroot "$base-python" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive \
    sh -c 'apt-get update -qq && apt-get install -qq -y --no-install-recommends python3 python3-apt' >"$work/log" 2>&1 &&
    touch "$base-python/done" || { fail "python in a Debian" "$work/log"; exit 1; }
fi
for host in "${hosts[@]}"; do
  cp -a --reflink=auto "$base-python" "$host"
  mount -t proc proc "$host/proc" && mount --rbind /sys "$host/sys" && mount --rbind /dev "$host/dev"
  mount --make-rslave "$host/sys"
  mount --make-rslave "$host/dev"
done
{
  echo "[compute]"
  for host in "${hosts[@]}"; do
    echo "$host ansible_connection=community.general.chroot ansible_host=$work/$host ansible_become=false"
  done
  # Nobody listens there.
  echo "node-6 ansible_connection=ssh ansible_host=127.0.0.1 ansible_port=1 ansible_ssh_common_args='-o ConnectTimeout=2'"
} >inventory
sed -i 's/$/ ansible_python_interpreter=\/usr\/bin\/python3/; s/^\[compute\] .*/[compute]/' inventory
# A file where the report's folder has to be.
touch node-5/var/lib/hostcap

collect() { ansible-playbook -i inventory hostcap.hostcap.collect -e "hostcap_source=file hostcap_file=$(echo "$packages"/hostcap-agent_*.deb) hostcap_reports=$work/reports" "$@"; }
# recap FIELD HOST LOG: a number of the recap.
recap() { sed -nE "s/^$2 +:.*[[:space:]]$1=([0-9]+).*/\1/p" "$3" | tail -1; }
listing() { (cd "$1" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./var/cache -o -path ./var/log -o -path ./tmp -o -path ./root \) -prune -o -printf '%p %s %m\n' | sort); }

listing node-1 >before
collect --check >check.log 2>&1
listing node-1 >after
if diff before after >"$work/log"; then ok "check mode changes nothing"; else fail "check mode changes something" "$work/log"; fi

collect >first.log 2>&1
status=$?
[ "$status" -eq 2 ] && ok "hosts without a report make it fail" || fail "it ended with status $status" first.log
got=$(cd reports 2>/dev/null && echo *.json)
[ "$got" = "node-1.json node-2.json node-3.json node-4.json" ] && ok "four reports are fetched" || fail "reports: $got" first.log
grep -q 'no report of node-5, node-6' first.log && ok "the two others are named" || fail "who is missing is not said" first.log
grep -q '"node-6: unreachable"' first.log && grep -q '"node-5: failed: ' first.log && ok "the summary has both causes" || fail "the summary lacks a cause" first.log
for host in node-1 node-4; do
  mode=$(stat -c %a "$host/etc/ansible/facts.d/hostcap.fact" 2>&1)
  [ "$mode" = 644 ] && ok "$host: the fact has mode 644" || fail "$host: the fact's mode is $mode"
done

collect >second.log 2>&1
for host in node-1 node-2 node-3 node-4; do
  changed=$(recap changed "$host" second.log)
  [ "$changed" = 0 ] && ok "$host: the second run changes nothing" || fail "$host: the second run changed ${changed:-?}" second.log
done

# Another report than the one that lies there.
sed -i 's/"state": "notApplicable"/"state": "ready"/' node-2/var/lib/hostcap/report.json
collect --diff >third.log 2>&1
[ "$(recap changed node-2 third.log)" = 1 ] && ok "a report that has changed is a change" || fail "a change is not seen" third.log
grep -q '^-amd.sev: ready' third.log && grep -q '^+amd.sev: notApplicable' third.log && ok "diff mode shows it" || fail "diff mode does not show it" third.log

ansible -i inventory node-1 -m ansible.builtin.setup -a filter=ansible_local >setup.log 2>&1
grep -q '"hostcap": {' setup.log && ok "setup shows ansible_local.hostcap" || fail "setup shows no fact" setup.log

ansible-playbook -i inventory hostcap.hostcap.check -e hostcap_hosts=node-1 -e '{"hostcap_require": ["amd_sev_snp"]}' >check-snp.log 2>&1
[ $? -eq 2 ] && grep -q 'amd_sev_snp is ' check-snp.log && ok "check fails where it is not ready" || fail "check does not fail" check-snp.log

# The program alone, from a server on loopback: refused without the right checksum.
dpkg-deb -x "$(echo "$packages"/hostcap-agent_*.deb)" unpacked
web=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
python3 -m http.server --bind 127.0.0.1 --directory unpacked/usr/bin "$web" >web.log 2>&1 &
web_pid=$!
sum=$(sha256sum unpacked/usr/bin/hostcap-agent | cut -d' ' -f1)
from_url() {
  ansible-playbook -i inventory hostcap.hostcap.collect -e hostcap_hosts=node-4 -e hostcap_source=url -e "hostcap_checksum=$1" \
    -e "hostcap_url=http://127.0.0.1:$web/hostcap-agent hostcap_program=/usr/local/bin/hostcap-agent hostcap_reports=$work/url" >url.log 2>&1
}
from_url "sha256:$(printf '%064d' 0)"
[ $? -eq 2 ] && [ ! -e node-4/usr/local/bin/hostcap-agent ] && ok "a program with another checksum is refused" || fail "a wrong checksum is taken" url.log
from_url ''
[ $? -eq 2 ] && grep -q 'needs hostcap_checksum' url.log && ok "a program without a checksum is refused" || fail "no checksum is taken" url.log
from_url "sha256:$sum"
[ $? -eq 0 ] && [ -s url/node-4.json ] && ok "a program from a server is installed and run" || fail "a program from a server" url.log
kill "$web_pid"
wait "$web_pid" 2>/dev/null
ansible-playbook -i inventory hostcap.hostcap.collect -e hostcap_hosts=node-4 -e hostcap_source=file \
  -e "hostcap_file=$work/unpacked/usr/bin/hostcap-agent hostcap_program=/opt/hostcap-agent hostcap_reports=$work/program" >program.log 2>&1
[ $? -eq 0 ] && [ -x node-4/opt/hostcap-agent ] && ok "a program from the controller is installed and run" || fail "a program from the controller" program.log

cp "$repository/Reports/Ansible/Collection/playbooks/playbook-hostcap.yml" .
ansible-playbook -i inventory playbook-hostcap.yml -e hosts_hostcap=node-3 -e "hostcap_source=none hostcap_reports=$work/osism" >osism.log 2>&1
[ $? -eq 0 ] && [ -s osism/node-3.json ] && ok "OSISM's playbook collects" || fail "OSISM's playbook does not" osism.log

cp "$repository/.build/release/hostcap" "$work/hostcap" 2>/dev/null
"$work/hostcap" plan --init reports >site.yaml 2>"$work/log" && "$work/hostcap" plan reports --site site.yaml --out plan >>"$work/log" 2>&1 &&
  ok "the reports are planned" || fail "the reports cannot be planned" "$work/log"

ansible-playbook -i inventory hostcap.hostcap.uninstall -e hostcap_hosts=node-1 >uninstall.log 2>&1
listing node-1 | cut -d' ' -f1 | grep -v 'var/lib/dpkg' >gone
cut -d' ' -f1 before | grep -v 'var/lib/dpkg' >was
# The folder for facts is Ansible's.
diff was gone | grep '^>' | grep -v -e '/etc/ansible' >"$work/log"
[ ! -s "$work/log" ] && ok "uninstall leaves nothing" || fail "uninstall leaves something" "$work/log"

lab_check

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
