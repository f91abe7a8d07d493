"""The way in over HTTP: what every route shares, how it is served, and how the process is watched."""
