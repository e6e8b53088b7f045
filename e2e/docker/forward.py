"""Hands the container's 127.0.0.1:9001 on to a socket in a mounted folder: the container has no other network."""

import os
import socket
import subprocess
import sys
import threading


def pump(source: socket.socket, sink: socket.socket) -> None:
    while chunk := source.recv(65536):
        sink.sendall(chunk)
    sink.shutdown(socket.SHUT_WR)


def serve(listener: socket.socket, path: str) -> None:
    while True:
        client, _ = listener.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(path)
        for ends in ((client, server), (server, client)):
            threading.Thread(target=pump, args=ends, daemon=True).start()


listener = socket.create_server(("127.0.0.1", 9001))
threading.Thread(target=serve, args=(listener, sys.argv[1]), daemon=True).start()
os.chdir("/var/task")
sys.exit(subprocess.call([sys.executable, "-m", "awslambdaric", sys.argv[2]]))
