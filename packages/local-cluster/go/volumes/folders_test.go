package volumes

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

const name = "pvc-0d5c0a5e-6d0f-4a35-9a0b-2f7d4f3a9c11"

func newFolders(t *testing.T) (*folders, string) {
	t.Helper()
	directory := t.TempDir()
	root, err := os.OpenRoot(directory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return &folders{root: root, node: "here"}, directory
}

func newClaim(change func(*corev1.PersistentVolumeClaimSpec)) *corev1.PersistentVolumeClaim {
	spec := corev1.PersistentVolumeClaimSpec{
		AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
		Resources: corev1.VolumeResourceRequirements{
			Requests: corev1.ResourceList{corev1.ResourceStorage: resource.MustParse("1Gi")},
		},
	}
	change(&spec)
	return &corev1.PersistentVolumeClaim{Spec: spec}
}

func unchanged(*corev1.PersistentVolumeClaimSpec) {}

func provision(f *folders, volume string, claim *corev1.PersistentVolumeClaim) (*corev1.PersistentVolume, error) {
	policy := corev1.PersistentVolumeReclaimDelete
	made, _, err := f.Provision(context.Background(), controller.ProvisionOptions{
		StorageClass: &storagev1.StorageClass{ReclaimPolicy: &policy}, PVName: volume, PVC: claim,
	})
	return made, err
}

func entries(t *testing.T, directory string) int {
	t.Helper()
	found, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}

func TestMakesAFolderThatEveryPodMayWriteTo(t *testing.T) {
	f, directory := newFolders(t)
	volume, err := provision(f, name, newClaim(unchanged))
	if err != nil {
		t.Fatal(err)
	}
	if volume.Spec.Local.Path != filepath.Join(directory, name) {
		t.Errorf("the volume lies in %s", volume.Spec.Local.Path)
	}
	folder, err := os.Stat(volume.Spec.Local.Path)
	if err != nil || folder.Mode().Perm() != 0o777 {
		t.Errorf("the folder is %v, %v", folder, err)
	}
	node := volume.Spec.NodeAffinity.Required.NodeSelectorTerms[0].MatchExpressions[0].Values[0]
	if node != "here" {
		t.Errorf("the volume is bound to the node %s", node)
	}
}

func TestKeepsWhatAnEarlierAttemptMade(t *testing.T) {
	f, directory := newFolders(t)
	for range 2 {
		if _, err := provision(f, name, newClaim(unchanged)); err != nil {
			t.Fatal(err)
		}
	}
	if entries(t, directory) != 1 {
		t.Error("there is more than one folder")
	}
}

func TestRefusesNamesThatLeadElsewhere(t *testing.T) {
	f, directory := newFolders(t)
	for _, bad := range []string{"", ".", "..", "../" + name, name + "/..", "/" + name, "data", "pvc-../x"} {
		if _, err := provision(f, bad, newClaim(unchanged)); err == nil {
			t.Errorf("%q was made", bad)
		}
	}
	if entries(t, directory) != 0 {
		t.Error("something was made")
	}
}

func TestRefusesWhatItCannotKeep(t *testing.T) {
	f, directory := newFolders(t)
	for reason, change := range map[string]func(*corev1.PersistentVolumeClaimSpec){
		"shared": func(spec *corev1.PersistentVolumeClaimSpec) {
			spec.AccessModes = append(spec.AccessModes, corev1.ReadWriteMany)
		},
		"selected": func(spec *corev1.PersistentVolumeClaimSpec) { spec.Selector = &metav1.LabelSelector{} },
		"copied":   func(spec *corev1.PersistentVolumeClaimSpec) { spec.DataSourceRef = &corev1.TypedObjectReference{} },
	} {
		if _, err := provision(f, name, newClaim(change)); err == nil {
			t.Errorf("a %s volume was made", reason)
		}
	}
	if entries(t, directory) != 0 {
		t.Error("something was made")
	}
}

func TestRemovesAFolderAndNothingThatItPointsTo(t *testing.T) {
	f, directory := newFolders(t)
	volume, err := provision(f, name, newClaim(unchanged))
	if err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(t.TempDir(), "kept")
	if err := os.Mkdir(outside, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Dir(outside), filepath.Join(directory, name, "link")); err != nil {
		t.Fatal(err)
	}
	// Again is no error: the attempt before may have ended halfway.
	for range 2 {
		if err := f.Delete(context.Background(), volume); err != nil {
			t.Fatal(err)
		}
	}
	if entries(t, directory) != 0 {
		t.Error("the folder is still there")
	}
	if _, err := os.Stat(outside); err != nil {
		t.Error(err)
	}
}

func TestRemovesNothingForAVolumeOfAnotherName(t *testing.T) {
	f, directory := newFolders(t)
	if err := os.Mkdir(filepath.Join(directory, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{"data", ".", "..", ""} {
		volume := &corev1.PersistentVolume{ObjectMeta: metav1.ObjectMeta{Name: other}}
		var ignored *controller.IgnoredError
		if err := f.Delete(context.Background(), volume); !errors.As(err, &ignored) {
			t.Errorf("%q: %v", other, err)
		}
	}
	if entries(t, directory) != 1 {
		t.Error("something was removed")
	}
}
