#!/usr/bin/env bash
# Build Workbench.app and a disk image. CODESIGN_IDENTITY signs it; without, it runs after a
# right click and "Open".
set -euo pipefail
cd "$(dirname "$0")/../.."
.venv/bin/pyinstaller --noconfirm packaging/workbench.spec
if [ -n "${CODESIGN_IDENTITY:-}" ]; then
    codesign --force --deep --timestamp --options runtime \
        --entitlements packaging/macos/entitlements.plist \
        --sign "$CODESIGN_IDENTITY" dist/Workbench.app
fi
hdiutil create -volname Workbench -srcfolder dist/Workbench.app -ov -format UDZO dist/Workbench.dmg
