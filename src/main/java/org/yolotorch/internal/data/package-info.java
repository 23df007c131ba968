/** Data sets in YOLO's formats: where they lie, their pictures, and the labels of these. */
package org.yolotorch.internal.data;
