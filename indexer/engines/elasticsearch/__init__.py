"""The `SearchEngine` on an Elasticsearch cluster: one index per generation, any number of writers and readers.

`connection` is the only way to the cluster and turns its errors into ours; `mapping` says how a document is stored,
`asking` how a query is asked, `writing` how operations are sent; `engine` and `store` are the port's two halves.
Loaded only when ``BIJIA_SEARCH_URL`` names a cluster.
"""
