package certs

import (
	"encoding/json"
	"path/filepath"
)

// issueKubeconfig writes a kubeconfig with a fresh client certificate. JSON is YAML, so every
// reader of kubeconfig files takes it.
func issueKubeconfig(directory string, issuer *authority, wanted Kubeconfig) error {
	certificate, key, err := issuer.issue(wanted.CommonName, wanted.Organizations, nil)
	if err != nil {
		return err
	}
	type object map[string]any
	content, err := json.MarshalIndent(object{
		"apiVersion":      "v1",
		"kind":            "Config",
		"current-context": wanted.Cluster,
		"clusters": []object{{"name": wanted.Cluster, "cluster": object{
			"server": wanted.Server, "certificate-authority-data": issuer.pem,
		}}},
		"users": []object{{"name": wanted.CommonName, "user": object{
			"client-certificate-data": certificate, "client-key-data": key,
		}}},
		"contexts": []object{{"name": wanted.Cluster, "context": object{
			"cluster": wanted.Cluster, "user": wanted.CommonName,
		}}},
	}, "", "  ")
	if err != nil {
		return err
	}
	path := wanted.File
	if !filepath.IsAbs(path) {
		path = filepath.Join(directory, path)
	}
	return replaceFile(path, append(content, '\n'), 0o600)
}
