#!/bin/sh
# Brings License Watch on a Linux server to another version, and back again when that does not work:
#
#   update.sh <folder with the new version> [--without-backup]
#
# The folder has lib/, node_modules/, detections/ and package.json, as docs/install.md makes it. Stops the service, backs
# the database up, points "current" at the new folder, starts, and waits until it is ready. When it does not get ready in
# time, the former version and the database from before are put back. Exit code 1: the former version runs. 2: bad input.
set -eu

ROOT=${LICENSE_WATCH_ROOT:-/opt/license-watch}
BACKUPS=${LICENSE_WATCH_BACKUPS:-/var/lib/license-watch/backups}
ADDRESS=${LICENSE_WATCH_ADDRESS:-http://127.0.0.1:9464}
HEALTH=${LICENSE_WATCH_HEALTH:-http://127.0.0.1:3978/healthz}
WAIT_SECONDS=${LICENSE_WATCH_WAIT_SECONDS:-300}
SERVICE=license-watch.service

say() { printf 'update: %s\n' "$1" >&2; }

# Whether an address answers 200.
answers() {
  node -e 'fetch(process.argv[1], { signal: AbortSignal.timeout(5000) }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))' "$1"
}

# Waits until an address answers 200, and the service has not failed meanwhile.
becomes_ready() {
  waited=0
  while [ "$waited" -lt "$WAIT_SECONDS" ]; do
    if answers "$1"; then return 0; fi
    if systemctl is-failed --quiet "$SERVICE"; then return 1; fi
    sleep 1
    waited=$((waited + 1))
  done
  return 1
}

# A new link takes the place of the old one in one step.
point_to() {
  ln -s "$1" "$ROOT/current.new"
  mv -T "$ROOT/current.new" "$ROOT/current"
}

newest_backup() {
  find "$BACKUPS" -maxdepth 1 -name 'license-watch-*' ! -name '*.heads' -newer "$1" -exec basename {} \; | sort | tail -n 1
}

with_backup=yes
new=
for argument in "$@"; do
  case $argument in
    --without-backup) with_backup=no ;;
    -*) say "there is no option $argument"; exit 2 ;;
    *) new=$argument ;;
  esac
done
if [ -z "$new" ] || [ ! -f "$new/lib/main.js" ]; then
  say 'say which folder the new version is in: update.sh <folder> [--without-backup]'
  exit 2
fi
new=$(cd "$new" && pwd -P)
old=$(cd "$ROOT/current" && pwd -P)
if [ "$new" = "$old" ]; then
  say "$new is what runs already"
  exit 2
fi
# What cannot even say how it is used is found before anything is stopped.
if ! (cd "$new" && node lib/main.js help >/dev/null); then
  say "the new version does not start on $(node --version): nothing was changed"
  exit 1
fi

# A version that was not ready before, as the tenant does not audit, need not be ready after.
ready=$ADDRESS/readyz
if ! answers "$ready"; then
  say "$ready does not answer 200 now: the new version has to live, not to be ready"
  ready=$HEALTH
fi

started=$(mktemp)
trap 'rm -f "$started"' EXIT
# Files are compared by whole seconds on some file systems.
touch -d '2 seconds ago' "$started"
say "stopping $SERVICE"
systemctl stop "$SERVICE"

backup=
if [ "$with_backup" = yes ]; then
  if ! systemctl start license-watch-backup.service; then
    say 'no backup could be made (journalctl -u license-watch-backup): nothing was changed'
    systemctl start "$SERVICE"
    exit 1
  fi
  backup=$(newest_backup "$started")
  say "backed up as $BACKUPS/$backup"
fi

point_to "$new"
say "starting $new"
systemctl start "$SERVICE" || true
if becomes_ready "$ready"; then
  say "done: $new runs. The former version is in $old."
  exit 0
fi

say "the new version did not get ready in $WAIT_SECONDS s (journalctl -u $SERVICE): going back to $old"
systemctl stop "$SERVICE" || true
systemctl reset-failed "$SERVICE" || true
point_to "$old"
if [ -n "$backup" ]; then
  if systemctl start "license-watch-restore@$backup.service"; then
    say "the database is as it was before: $BACKUPS/$backup"
  else
    say "the database could not be put back by itself: see docs/install.md; the backup is $BACKUPS/$backup"
  fi
fi
systemctl start "$SERVICE"
if becomes_ready "$HEALTH"; then
  say "the former version runs again"
else
  say "the former version does not answer either: journalctl -u $SERVICE"
fi
exit 1
