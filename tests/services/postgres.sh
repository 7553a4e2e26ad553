# A private PostgreSQL on a free port of loopback, for ./test. Sourced, not run.

postgres_bin="" postgres_port="" postgres_version="" postgres_running=""

# Debian keeps the server's programs off the path, one folder for each version: the newest.
find_postgres() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn) /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
      postgres_bin="$folder"
      return 0
    fi
  done
  if command -v initdb >/dev/null 2>&1 && command -v postgres >/dev/null 2>&1; then
    postgres_bin="$(dirname "$(command -v initdb)")"
    return 0
  fi
  return 1
}

start_postgres() {
  find_postgres || { reason="it is not installed"; return 1; }
  local folder="$run/postgres" log="$logs/postgres.log" attempt
  mkdir -p "$folder"
  if [ "$(id -u)" -eq 0 ]; then
    id postgres >/dev/null 2>&1 || { reason="it refuses to run as root, and there is no user named postgres"; return 1; }
    chown postgres "$folder"
  fi
  # Trust reaches no further than this machine: it listens on loopback alone. Nothing here outlives the run, so nothing is synced.
  # Sorted by bytes, as SQLite sorts; letters of all scripts have their case, as they do on servers that people run.
  local ctype=C
  if locale -a 2>/dev/null | grep -qix 'C\.utf-\?8'; then ctype=C.UTF-8; fi
  if ! (cd / && as_user postgres "$postgres_bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --lc-ctype="$ctype" --no-sync) >"$log" 2>&1; then
    reason="initdb failed: $(tail -n 1 "$log")"
    return 1
  fi
  for attempt in 1 2 3 4 5; do
    postgres_port="$(free_port)"
    if (cd / && as_user postgres "$postgres_bin/pg_ctl" start -w -t 60 -D "$folder/data" -l "$folder/server.log" -o "-p $postgres_port -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c timezone=UTC") >>"$log" 2>&1; then
      postgres_running="$folder/data"
      postgres_version="$("$postgres_bin/postgres" --version | grep -o '[0-9][0-9.]*' | head -n 1)"
      export STAGEDOOR_TEST_POSTGRES="Host=127.0.0.1;Port=$postgres_port;Username=postgres"
      return 0
    fi
  done
  cat "$folder/server.log" >>"$log" 2>/dev/null
  reason="it does not start: $(tail -n 1 "$log")"
  return 1
}

stop_postgres() {
  [ -n "$postgres_running" ] || return 0
  cp "$run/postgres/server.log" "$logs/postgres-server.log" 2>/dev/null
  (cd / && as_user postgres "$postgres_bin/pg_ctl" stop -w -t 20 -m immediate -D "$postgres_running") >>"$logs/postgres.log" 2>&1
  postgres_running=""
}
