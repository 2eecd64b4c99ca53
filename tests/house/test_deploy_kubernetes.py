"""deploy/kubernetes: valid, least privilege for every pod (reliability row 39), and who may reach whom.

Each rule is written with what breaks it: a violation of each is planted and seen caught, as in `test_walls.py`.
"""

from __future__ import annotations

import kubernetes_validate
import pytest
import yaml

from crawlers import egress
from tests.support.deploy_files import (
    DEPLOY,
    NOBODY,
    SECRET,
    TMP,
    containers,
    every_setting,
    has_version,
    kustomization,
    manifests,
    pod_spec,
)

VERSIONS = ("1.30", "1.37")
"""The oldest and the newest that the manifests are held against."""

ALLOWED = {
    "single": {"serves-pages", "reaches-shops"},
    "api": {"serves-pages", "reaches-ledger", "reaches-search"},
    "worker": {"reaches-shops", "reaches-ledger"},
    "follower": {"reaches-ledger", "reaches-search"},
    "rebuild": {"reaches-ledger", "reaches-search"},
}
"""Component -> what its labels let it do."""

GIVEN = {
    "single": {"bijia"},
    "api": {"bijia", "bijia-index", "bijia-ledger", "bijia-search", "bijia-admin"},
    "worker": {"bijia", "bijia-ledger", "bijia-shops"},
    "follower": {"bijia", "bijia-index", "bijia-ledger", "bijia-search"},
    "rebuild": {"bijia", "bijia-index", "bijia-ledger", "bijia-search"},
}
"""Component -> ConfigMaps and Secrets it reads."""


def workloads(documents):
    return [one for one in documents if pod_spec(one) is not None]


def pod_labels(workload):
    spec = workload["spec"]
    return spec.get("jobTemplate", {}).get("spec", spec)["template"]["metadata"]["labels"]


def component(workload):
    return pod_labels(workload)["app.kubernetes.io/component"]


def of_kind(documents, kind):
    return [one for one in documents if one["kind"] == kind]


def pods(complaint):
    return lambda documents: [component(one) for one in workloads(documents) if complaint(one, pod_spec(one))]


def every(complaint):
    return lambda documents: [
        component(one) for one in workloads(documents) for c in containers(one) if complaint(one, c)
    ]


def first_pod(change):
    return lambda documents: change(pod_spec(workloads(documents)[0]))


def first(change):
    return lambda documents: change(containers(workloads(documents)[0])[0])


def secure(container):
    return container.get("securityContext", {})


def policies(documents):
    return {one["metadata"]["name"]: one["spec"] for one in of_kind(documents, "NetworkPolicy")}


def abilities(documents):
    return {component(one): {n for n, v in pod_labels(one).items() if v == "true"} for one in workloads(documents)}  # fmt: skip


def sources_of(container):
    return {(one.get("configMapRef") or one["secretRef"])["name"] for one in container.get("envFrom", ())}


def selects(selector, labels):
    return selector.items() <= labels.items()


def schema_complaints(documents):
    found = []
    for version in VERSIONS:
        for one in documents:
            try:
                kubernetes_validate.validate(one, version, strict=True)
            except kubernetes_validate.ValidationError as error:
                found.append(error.message)
    return found


def dangling(documents):
    """Selectors and references without anything behind."""
    labels = [pod_labels(one) for one in workloads(documents)]
    found = [
        one["metadata"]["name"]
        for one in of_kind(documents, "Deployment")
        if not selects(one["spec"]["selector"]["matchLabels"], pod_labels(one))
    ]
    for kind in ("Service", "PodDisruptionBudget"):
        for one in of_kind(documents, kind):
            selector = one["spec"]["selector"]
            if not any(selects(selector.get("matchLabels", selector), each) for each in labels):
                found.append(one["metadata"]["name"])
    names = {one["metadata"]["name"] for one in of_kind(documents, "Deployment")}
    scaled = [one["spec"]["scaleTargetRef"]["name"] for one in of_kind(documents, "HorizontalPodAutoscaler")]
    accounts = {one["metadata"]["name"] for one in of_kind(documents, "ServiceAccount")}
    claims = {one["metadata"]["name"] for one in of_kind(documents, "PersistentVolumeClaim")}
    maps = {one["metadata"]["name"] for one in of_kind(documents, "ConfigMap")}
    found += [name for name in scaled if name not in names]
    for one in workloads(documents):
        pod = pod_spec(one)
        found += [name for name in [pod["serviceAccountName"]] if name not in accounts]
        found += [
            v["persistentVolumeClaim"]["claimName"]
            for v in pod["volumes"]
            if "persistentVolumeClaim" in v and v["persistentVolumeClaim"]["claimName"] not in claims
        ]
        for container in containers(one):
            mounted = {mount["name"] for mount in container["volumeMounts"]}
            found += sorted(mounted ^ {volume["name"] for volume in pod["volumes"]})
            found += [
                ref["configMapRef"]["name"]
                for ref in container["envFrom"]
                if "configMapRef" in ref and ref["configMapRef"]["name"] not in maps
            ]
    return found


KUBERNETES = {
    "images are named with a version": (
        every(lambda _, c: not has_version(c["image"])),
        first(lambda c: c.update(image="registry.example.org/bijia:latest")),
    ),
    "nobody runs it, by number": (
        pods(lambda _, pod: (
            pod["securityContext"].get("runAsNonRoot") is not True
            or str(pod["securityContext"].get("runAsUser")) != NOBODY
        )),
        first_pod(lambda pod: pod["securityContext"].update(runAsUser=0)),
    ),
    "the system's own filter of calls is on": (
        pods(lambda _, pod: pod["securityContext"].get("seccompProfile") != {"type": "RuntimeDefault"}),
        first_pod(lambda pod: pod["securityContext"].pop("seccompProfile")),
    ),
    "roots are read-only": (
        every(lambda _, c: secure(c).get("readOnlyRootFilesystem") is not True),
        first(lambda c: secure(c).update(readOnlyRootFilesystem=False)),
    ),
    "no capability is left": (
        every(lambda _, c: secure(c).get("capabilities") != {"drop": ["ALL"]}),
        first(lambda c: secure(c)["capabilities"].update(add=["NET_RAW"])),
    ),
    "none can be gained": (
        every(lambda _, c: secure(c).get("allowPrivilegeEscalation") is not False or secure(c).get("privileged")),
        first(lambda c: secure(c).update(allowPrivilegeEscalation=True)),
    ),
    "the machine's namespaces, ports and folders stay its own": (
        pods(lambda _, pod: (
            {"hostNetwork", "hostPID", "hostIPC"} & set(pod)
            or any("hostPath" in volume for volume in pod["volumes"])
        )),
        first_pod(lambda pod: pod["volumes"].append({"name": "etc", "hostPath": {"path": "/etc"}})),
    ),
    "only /data and /tmp are written to": (
        every(lambda _, c: {m["mountPath"] for m in c["volumeMounts"] if not m.get("readOnly")} != {"/data", TMP}),
        first(lambda c: c["volumeMounts"].append({"name": "data", "mountPath": "/opt"})),
    ),
    "nothing can speak to Kubernetes": (
        pods(lambda _, pod: pod.get("automountServiceAccountToken") is not False),
        first_pod(lambda pod: pod.update(automountServiceAccountToken=True)),
    ),
    "no variable of the cluster looks like a setting": (
        pods(lambda _, pod: pod.get("enableServiceLinks") is not False),
        first_pod(lambda pod: pod.pop("enableServiceLinks")),
    ),
    "processor and memory are asked for, memory is bounded": (
        every(lambda _, c: (
            set(c["resources"]["requests"]) != {"cpu", "memory"} or "memory" not in c["resources"]["limits"]
        )),
        first(lambda c: c["resources"].pop("limits") and c["resources"].update(limits={})),
    ),
    "what serves is watched, and asked for only when ready": (
        every(lambda one, c: (
            "serves-pages" in pod_labels(one)
            and (
                c.get("livenessProbe", {}).get("httpGet", {}).get("path") != "/healthz"
                or c.get("readinessProbe", {}).get("httpGet", {}).get("path") != "/readyz"
            )
        )),
        first(lambda c: c["livenessProbe"]["httpGet"].update(path="/readyz")),
    ),
    "a rollout waits until what goes on for ever can work": (
        every(lambda one, c: one["kind"] == "Deployment" and "readinessProbe" not in c),
        first(lambda c: c.pop("readinessProbe")),
    ),
    "nothing goes in or out that is not said": (
        lambda documents: (
            []
            if policies(documents).get("nothing") == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
            else ["nothing"]
        ),
        lambda documents: policies(documents)["nothing"]["policyTypes"].remove("Egress"),
    ),
    "labels allow what a part needs and no more": (
        lambda documents: [name for name, able in abilities(documents).items() if able != ALLOWED[name]],
        lambda documents: pod_labels(workloads(documents)[0]).update({"reaches-everything": "true"}),
    ),
    "every label that allows has a policy behind it": (
        lambda documents: (
            set().union(*abilities(documents).values())
            - {label for spec in policies(documents).values() for label in spec["podSelector"].get("matchLabels", {})}
        ),
        lambda documents: policies(documents)["pages"]["podSelector"]["matchLabels"].clear(),
    ),
    "crawls reach public addresses only: the table of crawlers/egress.py": (
        lambda documents: {
            network
            for rule in policies(documents)["shops"]["egress"][0]["to"]
            for network in rule["ipBlock"]["except"]
        } ^ {
            str(network)
            for network in (
                *egress._FORBIDDEN_4,
                *(n for n in egress._FORBIDDEN_6 if n.subnet_of(egress._ALLOWED_6)),
            )
        },
        lambda documents: policies(documents)["shops"]["egress"][0]["to"][0]["ipBlock"]["except"].pop(),
    ),
    "a part is given its own settings and secrets": (
        every(lambda one, c: sources_of(c) != GIVEN[component(one)]),
        first(lambda c: c["envFrom"].append({"secretRef": {"name": "other"}})),
    ),
    "no secret is written down": (
        lambda documents: [one["metadata"]["name"] for one in of_kind(documents, "Secret")] + [
            name for one in of_kind(documents, "ConfigMap") for name in one["data"] if SECRET.search(name)
        ],
        lambda documents: of_kind(documents, "ConfigMap")[0]["data"].update(BIJIA_ADMIN_KEY="abc"),
    ),
    "settings that are given exist": (
        lambda documents: {
            name for one in of_kind(documents, "ConfigMap") for name in one["data"]
        } - set(every_setting()),
        lambda documents: of_kind(documents, "ConfigMap")[0]["data"].update(BIJIA_PORTS="1"),
    ),
    "everything is in the namespace, which demands the strictest standard of pods": (
        lambda documents: [
            one["metadata"]["name"] for one in documents
            if one["kind"] != "Namespace" and one["metadata"].get("namespace") != "bijia"
        ] + [
            one["metadata"]["name"] for one in of_kind(documents, "Namespace")
            if one["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] != "restricted"
        ],
        lambda documents: of_kind(documents, "Namespace")[0]["metadata"]["labels"].update(
            {"pod-security.kubernetes.io/enforce": "baseline"}
        ),
    ),
    "what is referred to is there": (
        dangling,
        lambda documents: of_kind(documents, "Service")[0]["spec"]["selector"].update(absent="true"),
    ),
    "it is what Kubernetes' own schemas say": (
        schema_complaints,
        lambda documents: of_kind(documents, "Deployment")[0]["spec"].update(replica=2),
    ),
}  # fmt: skip


@pytest.mark.parametrize("folder", ["base", "scale"])
@pytest.mark.parametrize("rule", KUBERNETES)
def test_kubernetes(folder, rule):
    complaints, _ = KUBERNETES[rule]

    assert list(complaints(manifests(folder))) == []


@pytest.mark.parametrize("rule", KUBERNETES)
def test_a_planted_breach_of_kubernetes_is_caught(rule):
    complaints, plant = KUBERNETES[rule]
    documents = manifests("scale")
    plant(documents)

    assert list(complaints(documents))


def test_the_one_pod_has_one_writer_and_a_disk():
    (one,) = workloads(manifests("base"))

    assert (one["spec"]["replicas"], one["spec"]["strategy"]) == (1, {"type": "Recreate"})
    assert {"name": "data", "persistentVolumeClaim": {"claimName": "bijia"}} in pod_spec(one)["volumes"]


def test_apart_each_part_has_its_own_number_and_survives_a_machines_maintenance():
    documents = manifests("scale")

    assert {component(one) for one in of_kind(documents, "Deployment")} == {"api", "worker", "follower"}
    assert {one["metadata"]["name"] for one in of_kind(documents, "PodDisruptionBudget")} == {"api", "worker", "follower"}  # fmt: skip
    assert not of_kind(documents, "PersistentVolumeClaim")


FIELDS = {
    "apiVersion", "kind", "metadata", "namespace", "namePrefix", "nameSuffix", "labels", "commonAnnotations",
    "resources", "components", "patches", "images", "replicas", "configMapGenerator", "secretGenerator",
    "generatorOptions", "replacements", "sortOptions", "buildMetadata",
}  # fmt: skip
"""Of kustomize's v1beta1, without those that are deprecated (`bases`, `commonLabels`, `patchesStrategicMerge`, `vars` …)."""


def kustomization_complaints(folder, given):
    where = DEPLOY / "kubernetes" / folder
    found = sorted(set(given) - FIELDS)
    if (given["apiVersion"], given["kind"]) != ("kustomize.config.k8s.io/v1beta1", "Kustomization"):
        found.append("kind")
    found += [name for name in given["resources"] if not (where / name).exists()]
    forgotten = {path.name for path in where.glob("*.yaml")} - {"kustomization.yaml", *given["resources"]}
    found += sorted(name for name in forgotten if not name.endswith(".example.yaml"))
    for one in given.get("patches", ()):
        patch = yaml.safe_load(one["patch"])
        if not {"apiVersion", "kind", "metadata"} <= set(patch):
            found.append("patch without a target")
    found += [image["name"] for image in given.get("images", ()) if not {"newTag", "digest"} & set(image)]
    return found


@pytest.mark.parametrize("folder", ["base", "scale"])
def test_kustomizations_name_every_file_and_no_field_that_is_none(folder):
    assert kustomization_complaints(folder, kustomization(folder)) == []


SLIPS = {
    "a deprecated field": lambda given: given.update(bases=["../base"]),
    "another kind": lambda given: given.update(kind="Kustomisation"),
    "a file that is not there": lambda given: given["resources"].append("absent.yaml"),
    "a file that is forgotten": lambda given: given["resources"].remove("worker.yaml"),
    "a patch of nothing": lambda given: given["patches"].append({"patch": "$patch: delete"}),
    "an image without a version": lambda given: given["images"][0].pop("newTag"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_planted_breach_of_a_kustomization_is_caught(slip):
    given = kustomization("scale")
    SLIPS[slip](given)

    assert kustomization_complaints("scale", given)


@pytest.mark.parametrize("folder", ["base", "scale"])
def test_examples_of_secrets_have_the_names_that_are_read(folder):
    text = (DEPLOY / "kubernetes" / folder / "secret.example.yaml").read_text("utf-8")
    examples = list(yaml.safe_load_all(text))
    documents = manifests(folder)
    maps = {one["metadata"]["name"] for one in of_kind(documents, "ConfigMap")}
    read = {name for one in workloads(documents) for c in containers(one) for name in sources_of(c)}
    read |= {
        volume["secret"]["secretName"]
        for one in workloads(documents)
        for volume in pod_spec(one)["volumes"]
        if "secret" in volume
    }

    # A ConfigMap may have the name of a Secret.
    assert {one["metadata"]["name"] for one in examples} | maps == read | maps
    assert {n for one in examples for n in one["stringData"] if n.startswith("BIJIA_")} <= set(
        every_setting()
    )
    for one in examples:
        kubernetes_validate.validate(one, VERSIONS[-1], strict=True)
