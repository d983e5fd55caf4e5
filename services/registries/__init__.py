"""基础库: the registers of other offices (population, legal persons, licences, credit, geography), asked through one exchange."""
