{{/* Settings of the portal that differ from those in its image. */}}
{{- define "bailiwick.portalConfig" -}}
{{- $portal := .Values.portal -}}
{{- $bailiwick := dict
  "docs" (dict "path" "/opt/bailiwick/docs")
  "git" (dict "directory" "/var/lib/bailiwick/git")
  "kubernetes" (dict "kubeconfig" nil "stateFile" nil)
  "workspaces" nil -}}
{{- if $portal.workspaces.baseUrl -}}
{{- $_ := set $bailiwick "workspaces" (dict
  "baseUrl" $portal.workspaces.baseUrl
  "listen" (dict "host" "0.0.0.0" "port" 7008)) -}}
{{- end -}}
{{- /* Another pod continues a task with the files in its folder. */ -}}
{{- $backend := dict
  "listen" (dict "host" "0.0.0.0" "port" 7007)
  "workingDirectory" "/var/lib/bailiwick" -}}
{{- if include "bailiwick.isSharedPortal" . -}}
{{- /* Until Services no longer send requests to this pod, and clients have closed their connections. */ -}}
{{- $_ := set $backend "lifecycle" (dict "serverShutdownDelay" (dict "seconds" 8)) -}}
{{- end -}}
{{- if $portal.database.secret -}}
{{- $_ := set $backend "database" (dict
  "client" "pg"
  "pluginDivisionMode" "schema"
  "connection" "${BAILIWICK_DATABASE_URL}") -}}
{{- else -}}
{{- $_ := set $backend "database" (dict
  "client" "better-sqlite3"
  "pluginDivisionMode" nil
  "connection" (dict "directory" "/var/lib/bailiwick/portal")) -}}
{{- end -}}
{{- mergeOverwrite (dict "backend" $backend "bailiwick" $bailiwick) $portal.config | toYaml -}}
{{- end }}

{{/* Fails with the values that a portal needs. */}}
{{- define "bailiwick.checkPortal" -}}
{{- $portal := .Values.portal -}}
{{- $missing := list -}}
{{- if not $portal.baseUrl -}}{{- $missing = append $missing "portal.baseUrl" -}}{{- end -}}
{{- if not .Values.gateway.publicUrl -}}{{- $missing = append $missing "gateway.publicUrl" -}}{{- end -}}
{{- if not $portal.demoSignIn.enabled -}}
{{- range $name := list "metadataUrl" "clientId" "secret" -}}
{{- if not (get $portal.oidc $name) -}}{{- $missing = append $missing (printf "portal.oidc.%s" $name) -}}{{- end -}}
{{- end -}}
{{- if not (or $portal.people (dig "catalog" "providers" nil $portal.config)) -}}{{- $missing = append $missing "portal.people" -}}{{- end -}}
{{- end -}}
{{- if $missing -}}
{{- fail (printf "The portal needs these values: %s. To try Bailiwick out without an OpenID provider, set portal.demoSignIn.enabled=true; without a portal, set portal.enabled=false." (join ", " $missing)) -}}
{{- end -}}
{{- if gt (int $portal.replicas) 1 -}}
{{- $needed := list -}}
{{- if not $portal.database.secret -}}{{- $needed = append $needed "portal.database.secret, for PostgreSQL" -}}{{- end -}}
{{- if ne $portal.storage.accessMode "ReadWriteMany" -}}{{- $needed = append $needed "portal.storage.accessMode=ReadWriteMany, with a storage class that supports it" -}}{{- end -}}
{{- if $portal.demoSignIn.enabled -}}{{- $needed = append $needed "portal.oidc instead of portal.demoSignIn" -}}{{- end -}}
{{- if $needed -}}
{{- fail (printf "Portals that share their state (portal.replicas=%d) need %s. Otherwise, set portal.replicas=1." (int $portal.replicas) (join "; " $needed)) -}}
{{- end -}}
{{- end -}}
{{- if and $portal.demoSignIn.enabled (not (regexMatch "^http://(localhost|127\\.0\\.0\\.1)(:|$)" $portal.baseUrl)) -}}
{{- fail "The demo sign-in lets anyone act as any demo person. Therefore portal.baseUrl must be an address on localhost, which kubectl port-forward serves." -}}
{{- end -}}
{{- end }}

{{/* Not empty if several portals can run at the same time, at least during an upgrade. */}}
{{- define "bailiwick.isSharedPortal" -}}
{{- $portal := .Values.portal -}}
{{- if and $portal.database.secret (eq $portal.storage.accessMode "ReadWriteMany") (not $portal.demoSignIn.enabled) -}}
true
{{- end -}}
{{- end }}
