"""Keys: whose they are, how they are kept, and whom this computer knows.

A key has two halves, each a pair: one that seals are signed with (Ed25519), one by which its owner can be sent what
nobody else can open (X25519). The optional library is used in `stockcheck.ciphers`; `public` is what is handed
on; `own` keeps private keys under a passphrase, `trusted` the public keys of others.
"""
