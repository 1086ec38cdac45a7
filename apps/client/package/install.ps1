# Installs the Cardwright client on Windows: for you, or with -System (as administrator) for all users.
#   .\install.ps1 [-System] [-ExtensionId ID] [-Origin URL[,URL]] [-ServerName TEXT] [-Log FILE]
# An archive from your portal brings site.json and needs neither -ExtensionId nor -Origin.
param(
  [switch] $System,
  [string] $ExtensionId,
  [string[]] $Origin,
  [string] $ServerName,
  [string] $Log
)
$ErrorActionPreference = 'Stop'
$client = Join-Path $PSScriptRoot 'cardwright-client.exe'
if (-not (Test-Path $client)) {
  Write-Error "$client is missing. Unpack the whole archive and start install.ps1 there."
}
$arguments = @('install')
if ($System) { $arguments += '--system' }
if ($ExtensionId) { $arguments += @('--extension-id', $ExtensionId) }
foreach ($one in $Origin) { $arguments += @('--origin', $one) }
if ($ServerName) { $arguments += @('--server-name', $ServerName) }
if ($Log) { $arguments += @('--log', $Log) }
& $client @arguments
exit $LASTEXITCODE
