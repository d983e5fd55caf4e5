"""Electronic seals (电子印章): who seals for a department, how a file is sealed, and what a sealed file proves.

PAdES B-B and detached CMS, RSA with SHA-256: what PDF readers everywhere can check. No trusted time stamp (B-T) is
offered, since that needs a time stamping authority; GB/T 38540 seals (SM2) need a certified module behind `Seal`.
"""
