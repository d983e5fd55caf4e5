"""帮办: where village and community staff file for elders and others who ask them to, and follow what they filed."""

from web.helping.routes import router

__all__ = ["router"]
