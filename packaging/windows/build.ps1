# Build dist\Workbench and a zip of it to hand out.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")
& .venv\Scripts\pyinstaller.exe --noconfirm packaging\workbench.spec
if ($LASTEXITCODE -ne 0) { throw "pyinstaller ended with $LASTEXITCODE" }
Compress-Archive -Force -Path dist\Workbench -DestinationPath dist\Workbench-windows.zip
