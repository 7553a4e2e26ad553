# Starting, ending and finding processes, for ./test. Sourced, not run.

# Runs a command with its output in a file, so that a signal reaches this script at once and the command's whole group with it.
run_child() {
  local output="$1" code
  shift
  set -m
  "$@" >"$output" 2>&1 </dev/null &
  child=$!
  set +m
  wait "$child"
  code=$?
  child=""
  return "$code"
}

stop_child() {
  [ -n "$child" ] || return 0
  kill -TERM -- "-$child" 2>/dev/null
  local waited=0
  while kill -0 -- "-$child" 2>/dev/null && [ "$waited" -lt 30 ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
  kill -KILL -- "-$child" 2>/dev/null
  child=""
}

# Ends what carries this run's mark in its environment: browsers, portals and compilers whose parent died before them.
sweep() {
  [ -r /proc/self/environ ] || return 0
  local signal found environ waited
  for signal in TERM KILL; do
    waited=0
    while :; do
      found=""
      for environ in /proc/[0-9]*/environ; do
        if grep -qzxF "TESTS_OF_STAGEDOOR=$run" "$environ" 2>/dev/null; then
          environ="${environ#/proc/}"
          [ "${environ%/environ}" = "$$" ] || found="$found ${environ%/environ}"
        fi
      done
      [ -n "$found" ] || return 0
      [ "$waited" -gt 0 ] || kill "-$signal" $found 2>/dev/null
      waited=$((waited + 1))
      [ "$waited" -le 20 ] || break
      sleep 0.1
    done
  done
}

# A port on loopback that nothing listens on, below the range from which the system hands out its own.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}

# Runs a command as a server's own user when this is root, since PostgreSQL refuses root, else as oneself.
as_user() {
  local user="$1"
  shift
  if [ "$(id -u)" -ne 0 ]; then
    "$@"
  elif command -v runuser >/dev/null 2>&1; then
    runuser -u "$user" -- "$@"
  else
    su -m -s /bin/sh "$user" -c '"$0" "$@"' -- "$@"
  fi
}
