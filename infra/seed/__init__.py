"""A demo district with a lived-in month, made through the same door as everything else."""

from infra.seed.world import DEMO_LOGINS

__all__ = ["DEMO_LOGINS"]
