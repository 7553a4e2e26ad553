# Brings the official cases of JSON Schema, which are not ours to keep. Sourced by ./test, not run.
# Debian and Ubuntu have them as a package. It is unpacked, not installed: nothing of it is run, and no rights are needed.

json_schema_cases=""

find_json_schema_cases() {
  local candidate log="$logs/json-schema.log" folder="$run/json-schema"
  for candidate in /usr/share/json-schema-test-suite "$folder/usr/share/json-schema-test-suite"; do
    if [ "$candidate" != /usr/share/json-schema-test-suite ]; then
      unpack_json_schema_cases "$folder" "$log" || return 1
    fi
    if [ -d "$candidate/tests/draft7" ]; then
      json_schema_cases="$candidate"
      return 0
    fi
  done
  reason="the package json-schema-test-suite has no cases for draft 7"
  return 1
}

unpack_json_schema_cases() {
  if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-deb >/dev/null 2>&1; then
    reason="they come as a package of Debian, and this machine has no apt-get. Set STAGEDOOR_TEST_JSON_SCHEMA to a checkout of them"
    return 1
  fi
  mkdir -p "$1"
  if ! download_json_schema_cases "$1" "$2"; then
    # The package lists of a fresh machine are empty.
    if [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; then run_child "$2" as_root apt-get -q update; fi
    download_json_schema_cases "$1" "$2" || { reason="the package json-schema-test-suite could not be downloaded; see ${2#"$root"/}"; return 1; }
  fi
  dpkg-deb -x "$1"/json-schema-test-suite_*.deb "$1" 2>>"$2" || { reason="the package json-schema-test-suite could not be unpacked"; return 1; }
}

download_json_schema_cases() {
  (cd "$1" && apt-get -q download json-schema-test-suite >>"$2" 2>&1)
}
