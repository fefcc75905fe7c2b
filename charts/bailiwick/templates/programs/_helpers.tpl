{{/* Reference of the image of one of Bailiwick's own programs. */}}
{{- define "bailiwick.image" -}}
{{- $image := .root.Values.image -}}
{{- $tag := $image.tag | default .root.Chart.AppVersion -}}
{{- if not (or $image.registry (get $image.references .name)) -}}
{{- fail (printf "Set image.registry to the registry with Bailiwick's images, such as registry.example.com, or image.references.%s to the reference of an image (docs/install/cluster.md)." .name) -}}
{{- end -}}
{{- get $image.references .name | default (printf "%s/bailiwick/%s:%s" $image.registry .name $tag) -}}
{{- end }}

{{/* Fails with values that contradict each other or what is in the cluster. */}}
{{- define "bailiwick.checkValues" -}}
{{- $gateway := .Values.gateway -}}
{{- if and $gateway.autoscaling.enabled (lt (int $gateway.autoscaling.maxReplicas) (int $gateway.replicas)) -}}
{{- fail (printf "gateway.autoscaling.maxReplicas=%d is less than gateway.replicas=%d, the minimum." (int $gateway.autoscaling.maxReplicas) (int $gateway.replicas)) -}}
{{- end -}}
{{- include "bailiwick.checkNetworking" (.Values.cluster.networking | default dict) -}}
{{- $portal := .Values.portal -}}
{{- if and $portal.enabled (not $portal.storage.existingClaim) -}}
{{- with lookup "v1" "PersistentVolumeClaim" "bailiwick-portal" "portal" -}}
{{- include "bailiwick.checkPortalClaim" (dict "storage" $portal.storage "claim" .) -}}
{{- end -}}
{{- end -}}
{{- if $gateway.storage.enabled -}}
{{- include "bailiwick.checkGatewayStorage" . -}}
{{- end -}}
{{- end }}

{{/* Fails with a networking that the kind Cluster rejects, before anything is installed. */}}
{{- define "bailiwick.checkNetworking" -}}
{{- $profile := .profile | default "none" -}}
{{- $groups := dict "ingress" "ingress" "gateway-api" "gatewayApi" "istio" "istio" "gke" "gke" "node-port" "nodePort" -}}
{{- range $of, $group := $groups -}}
{{- if ne (eq $of $profile) (hasKey $ $group) -}}
{{- fail (printf "cluster.networking.%s belongs to the profile %s: set it for this profile, and for no other." $group $of) -}}
{{- end -}}
{{- end -}}
{{- if and (ne $profile "none") (not .hostRule) -}}
{{- fail (printf "The profile %s needs cluster.networking.hostRule, such as {app}-{environment}.{tenant}.apps.example.com." $profile) -}}
{{- end -}}
{{- if eq $profile "gke" -}}
{{- $global := eq (.gke.className | default "gke-l7-global-external-managed") "gke-l7-global-external-managed" -}}
{{- if or (ne $global (hasKey .gke "certificateMap")) (eq $global (hasKey .gke "certificates")) -}}
{{- fail "A global load balancer needs cluster.networking.gke.certificateMap, a regional one cluster.networking.gke.certificates; set only one of them." -}}
{{- end -}}
{{- end -}}
{{- if hasKey . "certificates" -}}
{{- $issuer := hasKey .certificates "issuer" -}}
{{- if eq $issuer (hasKey .certificates "secret") -}}
{{- fail "Set one of cluster.networking.certificates.issuer and cluster.networking.certificates.secret." -}}
{{- end -}}
{{- $wildcard := has $profile (list "gateway-api" "istio") -}}
{{- if not (or (eq $profile "ingress") (and $issuer $wildcard)) -}}
{{- fail "cluster.networking.certificates is for the profile ingress, and with an issuer for gateway-api and istio." -}}
{{- end -}}
{{- if and $wildcard (contains "{" (regexFind "\\..*" .hostRule)) -}}
{{- fail (printf "The profile %s has one wildcard certificate: use placeholders only before the first dot of cluster.networking.hostRule, such as {app}-{environment}-{tenant}.apps.example.com." $profile) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Fails if the portal's claim would change in a way that the API server rejects in the middle of an upgrade. */}}
{{- define "bailiwick.checkPortalClaim" -}}
{{- $present := .claim.spec.resources.requests.storage -}}
{{- $difference := subf (include "bailiwick.mebibytes" .storage.size | float64) (include "bailiwick.mebibytes" $present | float64) -}}
{{- if lt $difference 0.0 -}}
{{- fail (printf "portal.storage.size=%s is less than the size of the claim portal, which cannot shrink. Set portal.storage.size=%s." .storage.size $present) -}}
{{- else if and (gt $difference 0.0) (ne .claim.status.phase "Bound") -}}
{{- fail (printf "portal.storage.size cannot change while the claim portal is not bound to a volume. Set portal.storage.size=%s." $present) -}}
{{- end -}}
{{- $mode := first .claim.spec.accessModes -}}
{{- if ne $mode .storage.accessMode -}}
{{- fail (printf "portal.storage.accessMode cannot change: the claim portal has %s. Set portal.storage.accessMode=%s." $mode $mode) -}}
{{- end -}}
{{- $class := .claim.spec.storageClassName | default "" -}}
{{- if and $class .storage.storageClass (ne $class .storage.storageClass) -}}
{{- fail (printf "portal.storage.storageClass cannot change: the claim portal has %s. Set portal.storage.storageClass=%s." $class $class) -}}
{{- end -}}
{{- end }}

{{/* Fails if the volumes of gateways are impossible, or differ from those of the StatefulSet, which cannot change. */}}
{{- define "bailiwick.checkGatewayStorage" -}}
{{- $storage := .Values.gateway.storage -}}
{{- if lt (int .Values.gateway.replicas) 2 -}}
{{- fail "gateway.storage.enabled needs gateway.replicas=2 or more, because a single gateway would be unavailable during upgrades." -}}
{{- end -}}
{{- $existing := lookup "apps/v1" "StatefulSet" "bailiwick-system" "gateway" -}}
{{- if $existing -}}
{{- $present := (first $existing.spec.volumeClaimTemplates).spec -}}
{{- if ne (include "bailiwick.mebibytes" $storage.size) (include "bailiwick.mebibytes" $present.resources.requests.storage) -}}
{{- fail (printf "gateway.storage.size cannot change. Set gateway.storage.size=%s, and resize the claims data-gateway-… themselves." $present.resources.requests.storage) -}}
{{- end -}}
{{- if ne ($present.storageClassName | default "") $storage.storageClass -}}
{{- fail (printf "gateway.storage.storageClass cannot change: the StatefulSet has %q. To change it, delete the StatefulSet gateway and the claims data-gateway-…, with their history." ($present.storageClassName | default "")) -}}
{{- end -}}
{{- else if and (not $storage.storageClass) (lookup "v1" "Namespace" "" "kube-system") (not (include "bailiwick.hasDefaultClass" .)) -}}
{{- fail "gateway.storage.enabled needs a storage class: the cluster has no default one. Set gateway.storage.storageClass, or gateway.storage.enabled=false." -}}
{{- end -}}
{{- end }}

{{/* Not empty if the cluster has a default storage class. */}}
{{- define "bailiwick.hasDefaultClass" -}}
{{- range (lookup "storage.k8s.io/v1" "StorageClass" "" "").items -}}
{{- if eq (dig "metadata" "annotations" "storageclass.kubernetes.io/is-default-class" "" .) "true" -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* Size of a quantity of storage. */}}
{{- define "bailiwick.mebibytes" -}}
{{- $units := dict "k" 0.00095367431640625 "Ki" 0.0009765625 "M" 0.95367431640625 "Mi" 1.0 "G" 953.67431640625 "Gi" 1024.0 "T" 953674.31640625 "Ti" 1048576.0 "P" 953674316.40625 "Pi" 1073741824.0 "E" 953674316406.25 "Ei" 1099511627776.0 -}}
{{- mulf (regexFind "^[0-9.]+" . | float64) (get $units (regexFind "[A-Za-z]+$" .) | default 9.5367431640625e-7) -}}
{{- end }}

{{/* Port of an address. */}}
{{- define "bailiwick.portOf" -}}
{{- regexFind ":[0-9]+$" (urlParse .).host | trimPrefix ":" | default (ternary "443" "80" (hasPrefix "https:" .)) -}}
{{- end }}

{{- define "bailiwick.labels" -}}
app.kubernetes.io/part-of: bailiwick
app.kubernetes.io/name: bailiwick-{{ .name }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
{{- end }}

{{- define "bailiwick.selector" -}}
app.kubernetes.io/name: bailiwick-{{ .name }}
{{- end }}

{{/* Fields of each pod, which satisfy the Pod Security level "restricted". */}}
{{- define "bailiwick.pod" -}}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "bailiwick.container" -}}
image: {{ include "bailiwick.image" (dict "root" .root "name" .name) }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
resources: {{- toYaml .values.resources | nindent 2 }}
{{- end }}

{{/* Prefers different zones and nodes for the replicas. */}}
{{- define "bailiwick.spread" -}}
topologySpreadConstraints:
  {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "bailiwick.selector" $ | nindent 8 }}
  {{- end }}
{{- end }}

{{/* Ingress of a program for the host of an address, which the value of this name contains. */}}
{{- define "bailiwick.ingress" -}}
{{- $host := (urlParse .address).hostname }}
{{- if not $host }}
{{- fail (printf "The Ingress of the %s needs the value %s." .name .value) }}
{{- end }}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ .name }}
  namespace: {{ .namespace }}
  labels: {{- include "bailiwick.labels" . | nindent 4 }}
  {{- with .ingress.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with .ingress.className }}
  ingressClassName: {{ . }}
  {{- end }}
  {{- with .ingress.tlsSecret }}
  tls:
    - { hosts: [{{ $host }}], secretName: {{ . }} }
  {{- end }}
  rules:
    - host: {{ $host }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: {{ .name }}, port: { name: http } } }
{{- end }}

{{/* Variables with which a program exports traces. Programs with the same ratio record the same traces. */}}
{{- define "bailiwick.tracing" -}}
{{- with .root.Values.tracing }}
{{- if .endpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ .endpoint | quote }} }
- { name: OTEL_TRACES_SAMPLER, value: traceidratio }
- { name: OTEL_TRACES_SAMPLER_ARG, value: {{ .ratio | quote }} }
- name: POD_NAME
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
- name: POD_NAMESPACE
  valueFrom: { fieldRef: { fieldPath: metadata.namespace } }
- name: OTEL_RESOURCE_ATTRIBUTES
  value: k8s.namespace.name=$(POD_NAMESPACE),k8s.pod.name=$(POD_NAME),service.version={{ $.root.Chart.AppVersion }}
{{- with .secret }}
- name: OTEL_EXPORTER_OTLP_HEADERS
  valueFrom: { secretKeyRef: { name: {{ . }}, key: headers } }
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Annotations of a hook, which is deleted when it has succeeded; Helm 4 prints the logs of Jobs. */}}
{{- define "bailiwick.hook" -}}
helm.sh/hook: {{ .hook }}
helm.sh/hook-weight: {{ .weight | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
helm.sh/hook-output-log-policy: hook-succeeded,hook-failed
{{- end }}
