@echo off
rem Runs a Python program on PySockets, on Windows: pysockets [--jython] [option] ... [-c cmd | -m mod | file | -] [arg] ...
rem
rem With --jython as its first word, it runs a Python 2.7 program on Jython. The script pysockets, beside this one, says
rem what is needed, and which variables of the environment this knows.

setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
set "tool=%root%target\launcher"
set "jdk="
if defined JAVA_HOME call :take "%JAVA_HOME%"
for %%d in ("%PATH:;=" "%") do call :take "%%~d\.."
for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\jdk*" "%ProgramFiles%\Java\jdk*" "%ProgramFiles%\Microsoft\jdk*" ^
 "%ProgramFiles%\Zulu\zulu*" "%ProgramFiles%\Amazon Corretto\jdk*" "%ProgramFiles%\BellSoft\LibericaJDK*" ^
 "%ProgramFiles%\SapMachine\JDK\*" "%ProgramFiles%\Semeru\jdk*" "%LOCALAPPDATA%\Programs\Eclipse Adoptium\jdk*" ^
 "%USERPROFILE%\.jdks\*" "%USERPROFILE%\scoop\apps\*jdk*") do call :take_installed "%%~d"
if not defined jdk goto no_jdk

set "main=Main"
set "kind=python"
if "%~1"=="--jython" set "main=JythonMain"
if "%~1"=="--jython" set "kind=jython"
if "%PYSOCKETS_JIT%"=="on" if "%kind%"=="python" set "kind=jit"
if "%PYSOCKETS_AOT%"=="off" set "kind=%kind%-plain"

if not exist "%tool%\Prepare.class" goto compile
:prepare
"%jdk%\bin\java.exe" -XX:TieredStopAtLevel=1 -cp "%tool%" Prepare options "%root%." %kind% < nul
if %ERRORLEVEL% equ 3 goto compile
if errorlevel 1 exit /b 1
"%jdk%\bin\java.exe" "@%tool%\%kind%.args" %PYSOCKETS_JAVA_OPTS% io.github.pysockets.cli.%main% %*
exit /b %ERRORLEVEL%

rem What makes all the rest. From its source it would take a second at every start.
:compile
if defined compiled goto no_launcher
set "compiled=yes"
if not exist "%tool%" mkdir "%tool%"
"%jdk%\bin\javac.exe" -d "%tool%" "%root%launcher\*.java" < nul
if not errorlevel 1 goto prepare
:no_launcher
echo pysockets: cannot compile what is in the folder launcher. 1>&2
exit /b 1

:no_jdk
echo pysockets: no JDK 25 or newer found in JAVA_HOME, on PATH or in the usual folders. 1>&2
echo Install one (a download from https://adoptium.net, for example), 1>&2
echo and set JAVA_HOME to its folder if it is in an unusual place. 1>&2
exit /b 1

rem Takes the folder of an installed JDK; those of scoop have a folder "current" for the newest version.
:take_installed
call :take "%~1"
call :take "%~1\current"
exit /b 0

rem Sets jdk to a folder if that is the home of a JDK that is new enough, and none was found before.
:take
if defined jdk exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "usebackq tokens=1,2 delims==" %%n in ("%~1\release") do if "%%n"=="JAVA_VERSION" call :take_version "%~1" %%o
exit /b 0

:take_version
for /f "tokens=1 delims=.-+" %%m in ("%~2") do if %%m geq 25 set "jdk=%~1"
exit /b 0
