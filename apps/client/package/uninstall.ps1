# Removes what install.ps1 made: .\uninstall.ps1 [-System]. Start it from the unpacked archive: Windows keeps a program that runs.
param([switch] $System)
$ErrorActionPreference = 'Stop'
$arguments = @('uninstall')
if ($System) { $arguments += '--system' }
& (Join-Path $PSScriptRoot 'cardwright-client.exe') @arguments
exit $LASTEXITCODE
