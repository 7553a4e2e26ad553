# Installs what the tests need and the machine lacks, on Debian and Ubuntu. Sourced by ./test, not run.

policy_made=""

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

lacking() {
  command -v git >/dev/null 2>&1 || echo git
  command -v node >/dev/null 2>&1 || echo nodejs
  command -v npm >/dev/null 2>&1 || echo npm
  [ -n "${STAGEDOOR_TEST_POSTGRES:-}" ] || find_postgres || echo postgresql
  [ -n "${STAGEDOOR_TEST_RABBITMQ:-}" ] || find_rabbitmq || echo rabbitmq-server
  find_chromium || echo chromium
}

install_missing() {
  local packages package log="$logs/install.log"
  packages="$(lacking)"
  packages="$(echo $packages)"
  [ -n "$packages" ] || return 0
  heading "Installing what is missing"
  if [ ! -f /etc/debian_version ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "  Not installed here, and this is neither Debian nor Ubuntu: $packages. Install by your own means what you want tested."
    return 0
  fi
  if [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then
    echo "  Not installed here, and installing needs root or sudo without a password. To do it yourself: sudo apt-get install $packages"
    return 0
  fi

  echo "  $packages (details in artifacts/tests/logs/install.log)"
  keep_services_from_starting
  run_child "$log" as_root apt-get -q update || echo "  The package lists could not be renewed; trying with those that are there."
  if ! apt_install "$log" $packages; then
    # One that cannot be had must not keep the others away.
    for package in $packages; do
      apt_install "$log.$package" "$package" || echo "  $package could not be installed: $(grep -m 1 '^E:' "$log.$package")"
    done
  fi
  restore_service_policy
  hash -r
}

apt_install() {
  local log="$1"
  shift
  run_child "$log" as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"
}

# Packages of servers start them at once, on the usual ports and for good. The tests start their own.
keep_services_from_starting() {
  [ ! -e /usr/sbin/policy-rc.d ] || return 0
  printf '#!/bin/sh\nexit 101\n' | as_root tee /usr/sbin/policy-rc.d >/dev/null && policy_made=yes
  as_root chmod 755 /usr/sbin/policy-rc.d
}

restore_service_policy() {
  [ -n "$policy_made" ] || return 0
  as_root rm -f /usr/sbin/policy-rc.d
  policy_made=""
}
