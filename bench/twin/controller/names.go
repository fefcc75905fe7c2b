package controller

import "strings"

const (
	group = "bailiwick.dev"

	managedByLabel   = "app.kubernetes.io/managed-by"
	nameLabel        = "app.kubernetes.io/name"
	tenantLabel      = group + "/tenant"
	environmentLabel = group + "/environment"
	appLabel         = group + "/app"
	commitLabel      = group + "/commit"

	digestAnnotation = group + "/bundle-digest"
	hashAnnotation   = group + "/desired-hash"
	ownerAnnotation  = group + "/owner"

	finalizer = group + "/cleanup"

	managedBy       = "bailiwick"
	fieldManager    = "bailiwick-operator"
	systemNamespace = "bailiwick-system"
	runtimeImages   = "runtime-images"
	bundleKey       = "bundle.tar.gz"
	runtimePort     = 8080
)

func homeNamespace(tenant string) string {
	return tenant + "--home"
}

func environmentNamespace(tenant, environment string) string {
	return tenant + "--" + environment
}

// tenantOfHome is empty for a namespace that is nobody's home.
func tenantOfHome(namespace string) string {
	tenant, rest, _ := strings.Cut(namespace, "--")
	if rest != "home" {
		return ""
	}
	return tenant
}

func shortCommit(commit string) string {
	return commit[:min(len(commit), 12)]
}

func bundleName(app, commit string) string {
	return app + "-" + shortCommit(commit)
}
