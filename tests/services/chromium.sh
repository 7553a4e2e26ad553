# Finds a Chromium for the tests in a browser, for ./test. Sourced, not run.

chromium=""

find_chromium() {
  local candidate path
  reason="it is not installed"
  for candidate in "${STAGEDOOR_TEST_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    path="$(command -v "$candidate" 2>/dev/null)" || continue
    # Ubuntu's package is a stand-in that wants a daemon which containers lack: only what answers counts.
    if "$path" --version >/dev/null 2>&1; then
      chromium="$path"
      return 0
    fi
    reason="$path is there but does not run"
  done
  return 1
}
