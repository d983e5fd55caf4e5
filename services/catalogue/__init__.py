"""The catalogue (事项库): items as published, frozen by hash, each in force from a day on. A case keeps its version."""

from services.catalogue.current import Catalogue, ItemTurn
from services.catalogue.publishing import Frozen, publish

__all__ = ["Catalogue", "Frozen", "ItemTurn", "publish"]
