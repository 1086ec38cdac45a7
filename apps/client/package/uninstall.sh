#!/bin/sh
# Removes what install.sh made: ./uninstall.sh [--system]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
exec "$here/cardwright-client" uninstall "$@"
