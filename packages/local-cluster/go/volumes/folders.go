package volumes

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

// openToAll lets a pod write as whatever user it runs; nobody else on the machine gets as far,
// because the folder above is its owner's alone.
const openToAll = 0o777

// ours is how the library names volumes: by their claim's UID. Nothing else is made or removed.
var ours = regexp.MustCompile(`^pvc-[0-9a-f-]{36}$`)

// folders makes and removes the folders of volumes, all of them directly below one.
type folders struct {
	root *os.Root
	node string
}

// Provision makes a claim's folder, or takes the one of an earlier attempt.
func (f *folders) Provision(_ context.Context, options controller.ProvisionOptions) (*corev1.PersistentVolume, controller.ProvisioningState, error) {
	claim, name := options.PVC, options.PVName
	if err := refusal(claim); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	if !ours.MatchString(name) {
		return nil, controller.ProvisioningFinished, fmt.Errorf("%q is no name of a volume", name)
	}
	if err := f.root.Mkdir(name, openToAll); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, controller.ProvisioningFinished, err
	}
	// What Mkdir was given went through this process's file mode mask.
	if err := f.root.Chmod(name, openToAll); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	return &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec: corev1.PersistentVolumeSpec{
			PersistentVolumeReclaimPolicy: *options.StorageClass.ReclaimPolicy,
			AccessModes:                   claim.Spec.AccessModes,
			VolumeMode:                    claim.Spec.VolumeMode,
			Capacity: corev1.ResourceList{
				corev1.ResourceStorage: claim.Spec.Resources.Requests[corev1.ResourceStorage],
			},
			// Other than a hostPath, a local volume is given to the fsGroup of its pod.
			PersistentVolumeSource: corev1.PersistentVolumeSource{
				Local: &corev1.LocalVolumeSource{Path: filepath.Join(f.root.Name(), name)},
			},
			NodeAffinity: onlyOn(f.node),
		},
	}, controller.ProvisioningFinished, nil
}

// Delete removes a volume's folder with all that is in it, wherever the volume says that it lies.
func (f *folders) Delete(_ context.Context, volume *corev1.PersistentVolume) error {
	if !ours.MatchString(volume.Name) {
		return &controller.IgnoredError{Reason: "it was not made here"}
	}
	return f.root.RemoveAll(volume.Name)
}

// refusal says why a claim gets no volume: what an empty folder of one node would not live up to.
func refusal(claim *corev1.PersistentVolumeClaim) error {
	for _, mode := range claim.Spec.AccessModes {
		if mode != corev1.ReadWriteOnce && mode != corev1.ReadWriteOncePod {
			return fmt.Errorf("the access mode %s is not offered; ask for ReadWriteOnce or ReadWriteOncePod", mode)
		}
	}
	if claim.Spec.Selector != nil {
		return errors.New("a claim with a selector gets no new volume; leave the selector out")
	}
	if claim.Spec.DataSource != nil || claim.Spec.DataSourceRef != nil {
		return errors.New("a volume cannot start with the content of another; leave the data source out")
	}
	return nil
}

func onlyOn(node string) *corev1.VolumeNodeAffinity {
	return &corev1.VolumeNodeAffinity{Required: &corev1.NodeSelector{
		NodeSelectorTerms: []corev1.NodeSelectorTerm{{
			MatchExpressions: []corev1.NodeSelectorRequirement{{
				Key:      corev1.LabelHostname,
				Operator: corev1.NodeSelectorOpIn,
				Values:   []string{node},
			}},
		}},
	}}
}
