"""The standard work done by others, each durable as its own documentation says.

One module a peer, run in the environment of `make bench-peers`, where flowengine is
not: `python -m benchmarks.peers.NAME --folder FOLDER [--address POSTGRES]`. Each opens
orders and then does their five completions step by step over all orders: `enter`, a
decision, a split into `pick` and `papers`, their join, `pack` and `ship`. `measuring`
holds what they share.
"""
