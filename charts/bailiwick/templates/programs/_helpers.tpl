{{/* Reference of the image of one of Bailiwick's own programs. */}}
{{- define "bailiwick.image" -}}
{{- $image := .root.Values.image -}}
{{- $tag := $image.tag | default .root.Chart.AppVersion -}}
{{- if not (or $image.registry (get $image.references .name)) -}}
{{- fail "Set image.registry to the registry with Bailiwick's images, such as registry.example.com (docs/install/cluster.md)." -}}
{{- end -}}
{{- get $image.references .name | default (printf "%s/bailiwick/%s:%s" $image.registry .name $tag) -}}
{{- end }}

{{/* Fails with values that contradict each other or the claims in the cluster. */}}
{{- define "bailiwick.checkValues" -}}
{{- $gateway := .Values.gateway -}}
{{- if and $gateway.autoscaling.enabled (lt (int $gateway.autoscaling.maxReplicas) (int $gateway.replicas)) -}}
{{- fail (printf "gateway.autoscaling.maxReplicas=%d is less than gateway.replicas=%d, the minimum." (int $gateway.autoscaling.maxReplicas) (int $gateway.replicas)) -}}
{{- end -}}
{{- $networking := .Values.cluster.networking | default dict -}}
{{- $profile := $networking.profile | default "none" -}}
{{- if ne $profile "none" -}}
{{- $group := get (dict "gateway-api" "gatewayApi" "node-port" "nodePort") $profile | default $profile -}}
{{- if not (and $networking.hostRule (hasKey $networking $group)) -}}
{{- fail (printf "cluster.networking with the profile %s needs hostRule, such as {app}-{environment}.{tenant}.apps.example.com, and the settings in %s." $profile $group) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.portal.enabled (not .Values.portal.storage.existingClaim) -}}
{{- include "bailiwick.checkClaim" (dict "value" "portal.storage" "storage" .Values.portal.storage "claim" (lookup "v1" "PersistentVolumeClaim" "bailiwick-portal" "portal")) -}}
{{- end -}}
{{- if $gateway.storage.enabled -}}
{{- range (dig "spec" "volumeClaimTemplates" list (lookup "apps/v1" "StatefulSet" "bailiwick-system" "gateway")) -}}
{{- if ne .spec.resources.requests.storage $gateway.storage.size -}}
{{- fail (printf "gateway.storage.size is %s in the cluster and cannot change. Resize the claims data-gateway-… themselves." .spec.resources.requests.storage) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Fails if a claim would shrink or get another access mode, which the API server rejects in the middle of an upgrade. */}}
{{- define "bailiwick.checkClaim" -}}
{{- with .claim -}}
{{- $present := .spec.resources.requests.storage -}}
{{- if lt (include "bailiwick.mebibytes" $.storage.size | float64) (include "bailiwick.mebibytes" $present | float64) -}}
{{- fail (printf "%s.size=%s is less than the size of the claim %s, which cannot shrink. Set %s.size=%s." $.value $.storage.size .metadata.name $.value $present) -}}
{{- end -}}
{{- $mode := first .spec.accessModes -}}
{{- if ne $mode $.storage.accessMode -}}
{{- fail (printf "%s.accessMode cannot change. The claim %s has %s: set %s.accessMode=%s." $.value .metadata.name $mode $.value $mode) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Size of a quantity of storage. */}}
{{- define "bailiwick.mebibytes" -}}
{{- $units := dict "M" 0.95367431640625 "Mi" 1.0 "G" 953.67431640625 "Gi" 1024.0 "T" 953674.31640625 "Ti" 1048576.0 "P" 953674316.40625 "Pi" 1073741824.0 "E" 953674316406.25 "Ei" 1099511627776.0 -}}
{{- mulf (regexFind "^[0-9.]+" . | float64) (get $units (regexFind "[A-Za-z]+$" .) | default 9.5367431640625e-7) -}}
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
