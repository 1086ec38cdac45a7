#!/bin/sh
# Installs the Cardwright client: for you, or with --system (as root) for all users of this machine.
#   ./install.sh [--system] [--extension-id ID] [--origin URL]... [--server-name TEXT] [--log FILE]
# An archive from your portal brings site.json and needs neither --extension-id nor --origin.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
client="$here/cardwright-client"

if ! [ -f "$client" ]; then
  echo "install.sh: $client is missing. Unpack the whole archive and start install.sh there." >&2
  exit 1
fi
if ! said=$("$client" --version 2>&1); then
  echo "install.sh: the program does not run on this machine ($(uname -s) $(uname -m)):" >&2
  echo "$said" >&2
  exit 1
fi
for argument in "$@"; do
  if [ "$argument" = --system ] && [ "$(id -u)" != 0 ]; then
    echo "install.sh: --system needs root. Try: sudo $0 $*" >&2
    exit 1
  fi
done
umask 022
exec "$client" install "$@"
