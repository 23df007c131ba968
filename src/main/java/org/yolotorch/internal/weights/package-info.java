/** Published weights: their names, the folders they are looked for in, and their download. */
package org.yolotorch.internal.weights;
