// Package certs is the small certificate authority of one local cluster.
package certs

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Request lists what one call has to issue. Authorities and the service account key are kept
// when they exist; certificates and kubeconfigs are always issued anew.
type Request struct {
	// Directory receives every file that has no absolute path of its own.
	Directory string `json:"directory"`
	// Authorities are names: <name>-ca.crt and <name>-ca.key.
	Authorities []string `json:"authorities"`
	// ServiceAccountKey is a name: <name>.key and <name>.pub. Empty for none.
	ServiceAccountKey string        `json:"serviceAccountKey"`
	Certificates      []Certificate `json:"certificates"`
	Kubeconfigs       []Kubeconfig  `json:"kubeconfigs"`
}

// Certificate becomes <file>.crt and <file>.key.
type Certificate struct {
	File          string   `json:"file"`
	Authority     string   `json:"authority"`
	CommonName    string   `json:"commonName"`
	Organizations []string `json:"organizations"`
	// Addresses are the IP addresses and DNS names it serves; none makes it client-only.
	Addresses []string `json:"addresses"`
}

// Kubeconfig is a file with an own client certificate inside.
type Kubeconfig struct {
	File          string   `json:"file"`
	Authority     string   `json:"authority"`
	Server        string   `json:"server"`
	Cluster       string   `json:"cluster"`
	CommonName    string   `json:"commonName"`
	Organizations []string `json:"organizations"`
}

// Run reads one Request as JSON and issues it.
func Run(in io.Reader) error {
	var request Request
	decoder := json.NewDecoder(in)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&request); err != nil {
		return fmt.Errorf("the request is not valid: %w", err)
	}
	return Issue(request)
}

// Issue writes all files of a request; private keys with mode 0600.
func Issue(request Request) error {
	if err := os.MkdirAll(request.Directory, 0o700); err != nil {
		return err
	}
	authorities := map[string]*authority{}
	for _, name := range request.Authorities {
		issuer, err := ensureAuthority(request.Directory, name)
		if err != nil {
			return fmt.Errorf("authority %s: %w", name, err)
		}
		authorities[name] = issuer
	}
	if request.ServiceAccountKey != "" {
		if err := ensureSigningKey(filepath.Join(request.Directory, request.ServiceAccountKey)); err != nil {
			return fmt.Errorf("service account key: %w", err)
		}
	}
	for _, each := range request.Certificates {
		if err := issueFiles(request.Directory, authorities[each.Authority], each); err != nil {
			return fmt.Errorf("certificate %s: %w", each.File, err)
		}
	}
	for _, each := range request.Kubeconfigs {
		if err := issueKubeconfig(request.Directory, authorities[each.Authority], each); err != nil {
			return fmt.Errorf("kubeconfig %s: %w", each.File, err)
		}
	}
	return nil
}

func issueFiles(directory string, issuer *authority, wanted Certificate) error {
	certificate, key, err := issuer.issue(wanted.CommonName, wanted.Organizations, wanted.Addresses)
	if err != nil {
		return err
	}
	base := filepath.Join(directory, wanted.File)
	if err := replaceFile(base+".key", key, 0o600); err != nil {
		return err
	}
	return replaceFile(base+".crt", certificate, 0o644)
}

// replaceFile writes beside the target and renames, so that a reader sees the old or the new file.
func replaceFile(path string, content []byte, mode os.FileMode) error {
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	if _, err := temporary.Write(content); err != nil {
		return err
	}
	if err := temporary.Chmod(mode); err != nil {
		return err
	}
	if err := temporary.Close(); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), path)
}
