complete --command plan --no-files --keep-order --arguments "(COMPLETE=fish command plan -- (commandline -opc) (commandline -ct) 2>/dev/null)"
