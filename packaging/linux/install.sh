#!/usr/bin/env bash
# Put a built `dist/Workbench` into the user's own folders, with its entry in the menu.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
built="${1:-$here/../../dist/Workbench}"
data="${XDG_DATA_HOME:-$HOME/.local/share}"
target="$HOME/.local/opt/Workbench"

[ -x "$built/Workbench" ] || { echo "There is no built program in $built; run pyinstaller first." >&2; exit 1; }
mkdir -p "$HOME/.local/opt" "$HOME/.local/bin" "$data/applications" "$data/icons/hicolor/512x512/apps"
rm -rf "$target.new"
cp -a "$built" "$target.new"
rm -rf "$target"
mv "$target.new" "$target"
ln -sfn "$target/workbench-cli" "$HOME/.local/bin/workbench"
cp "$here/../icon.png" "$data/icons/hicolor/512x512/apps/workbench.png"
sed "s|^Exec=.*|Exec=\"$target/Workbench\" %f|" "$here/workbench.desktop" > "$data/applications/workbench.desktop"
echo "Workbench is in the menu; the command line is ~/.local/bin/workbench."
