/** Tiled prediction: a picture is cut into overlapping squares and the detections are merged. */
package org.yolotorch.internal.tile;
