package certs

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func issue(t *testing.T, directory string) {
	t.Helper()
	err := Issue(Request{
		Directory:         directory,
		Authorities:       []string{"cluster"},
		ServiceAccountKey: "tokens",
		Certificates: []Certificate{
			{File: "server", Authority: "cluster", CommonName: "server", Addresses: []string{"127.0.0.1", "localhost"}},
			{File: "client", Authority: "cluster", CommonName: "jane", Organizations: []string{"readers"}},
		},
		Kubeconfigs: []Kubeconfig{{File: "jane.kubeconfig", Authority: "cluster", Server: "https://x", CommonName: "jane"}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func load(t *testing.T, path string) *x509.Certificate {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(content)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}

func TestIssuesServerCertificatesForTheirAddressesOnly(t *testing.T) {
	directory := t.TempDir()
	issue(t, directory)
	roots := x509.NewCertPool()
	roots.AddCert(load(t, filepath.Join(directory, "cluster-ca.crt")))
	server := load(t, filepath.Join(directory, "server.crt"))
	for address, valid := range map[string]bool{"127.0.0.1": true, "localhost": true, "127.0.0.2": false} {
		_, err := server.Verify(x509.VerifyOptions{Roots: roots, DNSName: address})
		if (err == nil) != valid {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestIssuesClientCertificatesThatCannotServe(t *testing.T) {
	directory := t.TempDir()
	issue(t, directory)
	client := load(t, filepath.Join(directory, "client.crt"))
	if len(client.ExtKeyUsage) != 1 || client.ExtKeyUsage[0] != x509.ExtKeyUsageClientAuth {
		t.Errorf("usages are %v", client.ExtKeyUsage)
	}
	if client.Subject.CommonName != "jane" || client.Subject.Organization[0] != "readers" {
		t.Errorf("subject is %v", client.Subject)
	}
}

func TestKeepsAuthorityAndSigningKeyButRenewsCertificates(t *testing.T) {
	directory := t.TempDir()
	read := func(name string) string {
		content, err := os.ReadFile(filepath.Join(directory, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	issue(t, directory)
	before := []string{read("cluster-ca.crt"), read("tokens.pub"), read("server.crt")}
	issue(t, directory)
	if read("cluster-ca.crt") != before[0] || read("tokens.pub") != before[1] {
		t.Error("authority or signing key changed")
	}
	if read("server.crt") == before[2] {
		t.Error("the server certificate was not renewed")
	}
}

func TestWritesKubeconfigsThatHoldAWorkingKeyPair(t *testing.T) {
	directory := t.TempDir()
	issue(t, directory)
	var config struct {
		Users []struct {
			User struct {
				Certificate []byte `json:"client-certificate-data"`
				Key         []byte `json:"client-key-data"`
			}
		}
	}
	content, _ := os.ReadFile(filepath.Join(directory, "jane.kubeconfig"))
	if err := json.Unmarshal(content, &config); err != nil {
		t.Fatal(err)
	}
	if _, err := tls.X509KeyPair(config.Users[0].User.Certificate, config.Users[0].User.Key); err != nil {
		t.Error(err)
	}
	if info, _ := os.Stat(filepath.Join(directory, "jane.kubeconfig")); info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v", info.Mode())
	}
}

func TestSaysWhichAuthorityIsMissing(t *testing.T) {
	err := Issue(Request{Directory: t.TempDir(), Certificates: []Certificate{{File: "server", Authority: "other"}}})
	if err == nil || !strings.Contains(err.Error(), "certificate server") {
		t.Errorf("got %v", err)
	}
}
