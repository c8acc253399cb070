# Runs the emulator for as long as the process that started it lives.
# Its standard input is a pipe that nobody writes to: when the parent ends, by whatever signal, the pipe closes,
# and the emulator saves its state, ends what it started and goes.
import fcntl
import os
import shutil
import signal
import sys
import threading
import time

STATE_DIR = os.environ["CHARTCASTR_STATE_DIR"]
EPHEMERAL = os.environ["CHARTCASTR_EPHEMERAL"] == "1"
STATE_IN_USE = 75  # the exit code that process.rs puts into words

# Its own process group: Ctrl-C in the terminal reaches the parent only, and the Lambdas it started die with it.
os.setpgid(0, 0)


def leave():
    if EPHEMERAL:
        shutil.rmtree(STATE_DIR, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def watch_parent():
    sys.stdin.buffer.read()
    if EPHEMERAL:
        leave()  # nothing is saved, so nothing is waited for
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(8)  # longer than the emulator needs to save its state
    leave()


# A predecessor that is still saving its state gets ten seconds; a second emulator on the same state does not start.
lock = open(os.path.join(STATE_DIR, "lock"), "w")
deadline = time.monotonic() + 10
while True:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        break
    except OSError:
        if time.monotonic() > deadline:
            sys.exit(STATE_IN_USE)
        time.sleep(0.05)

threading.Thread(target=watch_parent, daemon=True).start()
try:
    from ministack.app import main

    sys.argv = ["ministack"]
    main()
finally:
    sys.stderr.flush()
    leave()
