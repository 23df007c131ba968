/**
 * Decoding of pictures: container formats, EXIF orientation, limits, pixels as packed BGR bytes.
 */
package org.yolotorch.internal.image;
