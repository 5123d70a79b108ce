@echo off
rem What sys.executable is for a program on Jython, so that the Python it starts is its own.
"%~dp0..\pysockets.cmd" --jython %*
