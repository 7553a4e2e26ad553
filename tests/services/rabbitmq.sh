# A private RabbitMQ on free ports of loopback, with its own epmd, for ./test. Sourced, not run.

rabbitmq_bin="" rabbitmq_port="" rabbitmq_running=""

# The programs beneath, not Debian's wrappers, which insist on the system's own folders.
find_rabbitmq() {
  local folder
  for folder in /usr/lib/rabbitmq/bin /opt/homebrew/opt/rabbitmq/sbin /usr/local/opt/rabbitmq/sbin; do
    if [ -x "$folder/rabbitmq-server" ] && [ -x "$folder/rabbitmqctl" ]; then
      rabbitmq_bin="$folder"
      return 0
    fi
  done
  return 1
}

rabbitmq() {
  local program="$1"
  shift
  (
    cd / && as_user rabbitmq env \
      HOME="$run/rabbitmq" \
      ERL_EPMD_PORT="$rabbitmq_epmd_port" ERL_EPMD_ADDRESS=127.0.0.1 \
      RABBITMQ_CONF_ENV_FILE="$run/rabbitmq/none" RABBITMQ_CONFIG_FILE="$run/rabbitmq/rabbitmq" RABBITMQ_ENABLED_PLUGINS_FILE="$run/rabbitmq/enabled_plugins" \
      RABBITMQ_NODENAME="stagedoor-$$@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$rabbitmq_port" RABBITMQ_DIST_PORT="$rabbitmq_dist_port" \
      RABBITMQ_MNESIA_BASE="$run/rabbitmq/mnesia" RABBITMQ_LOG_BASE="$run/rabbitmq/log" RABBITMQ_PID_FILE="$run/rabbitmq/pid" \
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" \
      "$rabbitmq_bin/$program" "$@"
  )
}

start_rabbitmq() {
  find_rabbitmq || { reason="it is not installed"; return 1; }
  local folder="$run/rabbitmq" log="$logs/rabbitmq.log"
  mkdir -p "$folder/mnesia" "$folder/log"
  echo '[].' >"$folder/enabled_plugins"
  : >"$folder/rabbitmq.conf"
  if [ "$(id -u)" -eq 0 ]; then
    id rabbitmq >/dev/null 2>&1 || { reason="it should not run as root, and there is no user named rabbitmq"; return 1; }
    chown -R rabbitmq "$folder"
  fi
  rabbitmq_port="$(free_port)" rabbitmq_epmd_port="$(free_port)" rabbitmq_dist_port="$(free_port)"
  rabbitmq_running=yes
  rabbitmq rabbitmq-server -detached >"$log" 2>&1
  # Until the node has a name at its epmd there is nothing to wait on.
  local deadline=$((SECONDS + 90))
  until run_child "$log.start" rabbitmq rabbitmqctl --timeout 60 await_startup; do
    if [ "$SECONDS" -gt "$deadline" ]; then
      reason="it does not start, see artifacts/tests/logs/rabbitmq.log.start"
      stop_rabbitmq
      return 1
    fi
    sleep 0.5
  done
  export STAGEDOOR_TEST_RABBITMQ="amqp://guest:guest@127.0.0.1:$rabbitmq_port"
}

stop_rabbitmq() {
  [ -n "$rabbitmq_running" ] || return 0
  rabbitmq_running=""
  cp "$run"/rabbitmq/log/*.log "$logs/" 2>/dev/null
  rabbitmq rabbitmqctl --timeout 20 shutdown >>"$logs/rabbitmq.log" 2>&1
  # The port mapper stays behind as a daemon; it is this run's own.
  as_user rabbitmq env ERL_EPMD_PORT="$rabbitmq_epmd_port" epmd -kill >>"$logs/rabbitmq.log" 2>&1
}
