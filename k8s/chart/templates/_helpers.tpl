{{- define "customer-groups.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "customer-groups.selector" -}}
app.kubernetes.io/name: customer-groups
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "customer-groups.labels" -}}
{{ include "customer-groups.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{- define "customer-groups.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The settings of the service and of the migration. */}}
{{- define "customer-groups.settings" -}}
QUARKUS_DATASOURCE_REACTIVE_URL: {{ required "Set database.url, for example postgresql://postgresql.example.com:5432/customer_groups" .Values.database.url | quote }}
QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE: {{ .Values.database.maxSize | quote }}
{{- with .Values.migration.jdbcUrl }}
QUARKUS_DATASOURCE_MIGRATION_JDBC_URL: {{ . | quote }}
{{- end }}
{{- if .Values.database.tls.enabled }}
BACKOFFICE_DATABASE_TLS: verify-full
BACKOFFICE_DATABASE_TLS_CA: /etc/postgresql/ca.crt
{{- end }}
{{- if .Values.tracing.enabled }}
QUARKUS_OTEL_SDK_DISABLED: "false"
QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT: {{ .Values.tracing.endpoint | quote }}
{{- end }}
{{- with .Values.trustedProxies }}
QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING: "true"
QUARKUS_HTTP_PROXY_TRUSTED_PROXIES: {{ . | quote }}
{{- end }}
{{- range $name, $value := .Values.settings }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* The ports of PostgreSQL or PgBouncer, of the collector, and those of the values. */}}
{{- define "customer-groups.egressPorts" -}}
{{- $urls := list .Values.database.url }}
{{- with .Values.migration.jdbcUrl }}
{{- $urls = append $urls (trimPrefix "jdbc:" .) }}
{{- end }}
{{- $ports := .Values.networkPolicy.egressPorts }}
{{- range $urls }}
{{- $host := (urlParse .).host }}
{{- $ports = append $ports (ternary (regexFind "[0-9]+$" $host) "5432" (regexMatch ":[0-9]+$" $host)) }}
{{- end }}
{{- if .Values.tracing.enabled }}
{{- $ports = append $ports (regexFind "[0-9]+$" (urlParse .Values.tracing.endpoint).host) }}
{{- end }}
{{- $numbers := list }}
{{- range $ports }}
{{- $numbers = append $numbers (int .) }}
{{- end }}
{{- toJson (uniq $numbers) }}
{{- end -}}

{{/* Where the pods run, and by which right. */}}
{{- define "customer-groups.scheduling" -}}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "customer-groups.securityContext" -}}
runAsNonRoot: true
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "customer-groups.user" -}}
- name: QUARKUS_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .Values.database.existingSecret }}
      key: username
- name: QUARKUS_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .Values.database.existingSecret }}
      key: password
{{- end -}}

{{- define "customer-groups.volumes" -}}
# Vert.x may cache files here.
- name: tmp
  emptyDir:
    sizeLimit: 16Mi
{{- if .Values.database.tls.enabled }}
- name: postgresql-ca
  secret:
    secretName: {{ .Values.database.tls.existingSecret }}
    # The Secret of an operator may have the key of the CA too.
    items:
      - key: {{ .Values.database.tls.key }}
        path: ca.crt
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "customer-groups.volumeMounts" -}}
- name: tmp
  mountPath: /tmp
{{- if .Values.database.tls.enabled }}
- name: postgresql-ca
  mountPath: /etc/postgresql
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}
