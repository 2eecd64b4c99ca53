"""The four shops: three affiliate gateways with their true protocols and one web shop with structured data."""
