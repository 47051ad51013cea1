"""Merkle trees as RFC 6962, section 2.1, defines them: nothing is stored, nothing is clever.

Reads {"leaves": [hex]} and answers for every size n up to their number with the root, the audit path of every
leaf m < n, and the consistency proof of every m with 0 < m <= n: {"roots": [hex], "paths": [[[hex]]],
"proofs": [[[hex]]]}, indexed by n, then m. Written from the text of the RFC alone, to be compared with.
"""
import functools, hashlib, json, sys

D = [bytes.fromhex(leaf) for leaf in json.load(sys.stdin)['leaves']]

def k(n):
    """The largest power of two smaller than n."""
    return max(2 ** i for i in range(64) if 2 ** i < n)

@functools.lru_cache(maxsize=None)
def MTH(start, end):
    """The Merkle Tree Hash of D[start:end]."""
    n = end - start
    if n == 0:
        return hashlib.sha256(b'').digest()
    if n == 1:
        return hashlib.sha256(b'\x00' + D[start]).digest()
    return hashlib.sha256(b'\x01' + MTH(start, start + k(n)) + MTH(start + k(n), end)).digest()

def PATH(m, start, end):
    """The Merkle audit path for the (m+1)th input D[start + m]."""
    n = end - start
    if n == 1:
        return []
    if m < k(n):
        return PATH(m, start, start + k(n)) + [MTH(start + k(n), end)]
    return PATH(m - k(n), start + k(n), end) + [MTH(start, start + k(n))]

def SUBPROOF(m, start, end, b):
    n = end - start
    if m == n:
        return [] if b else [MTH(start, end)]
    if m <= k(n):
        return SUBPROOF(m, start, start + k(n), b) + [MTH(start + k(n), end)]
    return SUBPROOF(m - k(n), start + k(n), end, False) + [MTH(start, start + k(n))]

def PROOF(m, n):
    """The Merkle consistency proof for D[0:n] and the previously advertised hash of D[0:m]."""
    return SUBPROOF(m, 0, n, True)

def hexes(hashes):
    return [each.hex() for each in hashes]

sizes = range(len(D) + 1)
json.dump({
    'roots': hexes(MTH(0, n) for n in sizes),
    'paths': [[hexes(PATH(m, 0, n)) for m in range(n)] for n in sizes],
    'proofs': [[hexes(PROOF(m, n)) if m else [] for m in range(n + 1)] for n in sizes],
}, sys.stdout)
