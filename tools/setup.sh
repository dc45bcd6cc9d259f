#!/bin/sh
# setup.sh SECTION...: installs the Debian packages of these sections of packages.txt that are missing.
# Quick and silent when nothing is.
set -eu
list=$(dirname "$0")/../packages.txt

wanted=
for section in "$@"; do
	wanted="$wanted $(awk -v section="[$section]" '
		{ sub(/#.*/, ""); $1 = $1 }
		/^\[/ { inside = $0 == section; next }
		inside && NF { print $1 }' "$list")"
done
wanted=$(echo $wanted) # on one line

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
	echo "This is not a Debian system, so nothing was installed. daybook needs what these packages hold: $wanted" >&2
	exit 0
fi

missing=
for package in $wanted; do
	status=$(dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | head -n 1)
	[ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "Packages are missing, and installing them needs root or sudo. As root: apt-get install$missing" >&2
		exit 1
	fi
	as_root=sudo
fi

echo "Installing$missing"
install() {
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing
}
# The package lists may be old or not there yet: fetch them only when the first try fails.
install >/dev/null 2>&1 || { $as_root apt-get update -qq && install >/dev/null; } || {
	echo "Could not install the packages. Try by hand: apt-get update && apt-get install$missing" >&2
	exit 1
}
