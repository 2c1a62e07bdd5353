# Belum pernah dijalankan di Windows oleh pembuatnya; coba dahulu dengan kantor contoh.
# Di PowerShell, dengan akun yang memiliki folder kunci: .\jadwal.ps1 -Program C:\payung -Kantor C:\layanan
param(
    [string]$Program = "C:\payung",
    [string]$Kantor = "C:\layanan"
)
$ErrorActionPreference = "Stop"
$payung = Join-Path $Program ".venv\Scripts\payung.exe"
if (-not (Test-Path $payung)) { throw "$payung tidak ada. Pasang dahulu Payung, atau sebutkan -Program." }

$siapa = New-ScheduledTaskPrincipal -UserId "$env:USERDOMAIN\$env:USERNAME" -LogonType Interactive
$terus = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries `
    -ExecutionTimeLimit ([TimeSpan]::Zero) -RestartCount 3 -RestartInterval (New-TimeSpan -Minutes 5)
$sekali = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -StartWhenAvailable

$putaran = New-ScheduledTaskAction -Execute $payung -Argument "jalankan --tiap 5m" -WorkingDirectory $Kantor
Register-ScheduledTask -TaskName "Payung putaran" -Action $putaran -Principal $siapa -Settings $terus `
    -Trigger (New-ScheduledTaskTrigger -AtLogOn -User "$env:USERDOMAIN\$env:USERNAME") -Force

# Tempatnya tertulis di bagian cadangan pada payung.yaml.
$cadangan = New-ScheduledTaskAction -Execute $payung -Argument "cadangkan" -WorkingDirectory $Kantor
Register-ScheduledTask -TaskName "Payung cadangan" -Action $cadangan -Principal $siapa -Settings $sekali `
    -Trigger (New-ScheduledTaskTrigger -Daily -At "16:30") -Force
$latihan = New-ScheduledTaskAction -Execute $payung -Argument "pulihkan --latihan" -WorkingDirectory $Kantor
Register-ScheduledTask -TaskName "Payung latihan" -Action $latihan -Principal $siapa -Settings $sekali `
    -Trigger (New-ScheduledTaskTrigger -Weekly -DaysOfWeek Monday -At "16:45") -Force
