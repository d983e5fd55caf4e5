from tests.cases.conftest import home, living

__all__ = ["home", "living"]
