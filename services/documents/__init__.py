"""Official documents of a case: numbered, rendered from its log, stored under their hash, verifiable by their code."""
